import type { Site } from "../core/catalogue.ts";
import { contrast } from "./contrast.ts";

/** The colours of mails and pages in one scheme; all text colours are legible on `page` and on `surface`. */
export interface Scheme {
  page: string;
  surface: string;
  ink: string;
  muted: string;
  line: string;
  accent: string;
  /** Text on the accent. */
  onAccent: string;
  /** Words and borders of a mistake. */
  alert: string;
}

const light = {
  page: "#f4f2ee",
  surface: "#ffffff",
  ink: "#1d2326",
  muted: "#566067",
  line: "#d9d5cd",
  alert: "#a8271c",
};

const dark = {
  page: "#0d1113",
  surface: "#14191c",
  ink: "#e7e5e1",
  muted: "#a3acb1",
  line: "#343d42",
  alert: "#ff9d92",
};

/** The colours of a site, light and dark. */
export function palette(theme: Site["theme"]): { light: Scheme; dark: Scheme } {
  return { light: withAccent(light, theme.accent), dark: withAccent(dark, theme.accentDark) };
}

function withAccent(neutral: Omit<Scheme, "accent" | "onAccent">, accent: string): Scheme {
  const onAccent = contrast(accent, light.surface) >= contrast(accent, dark.page) ? light.surface : dark.page;
  return { ...neutral, accent, onAccent };
}
