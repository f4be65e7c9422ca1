import { html } from "hono/html";
import type { Html } from "./page-layout.ts";

const pages = [
  { name: "progress", words: "Progress", path: "" },
  { name: "dates", words: "Dates", path: "/dates" },
  { name: "settings", words: "Settings", path: "/settings" },
  { name: "data", words: "Data", path: "/data" },
] as const;

export type ReaderPage = (typeof pages)[number]["name"];

/** The way between the pages of one reader. `current` is left out on a page below these. */
export function readerNav(token: string, current?: ReaderPage): Html {
  return html`<nav class="reader-nav" aria-label="Your pages">
<ul>${pages.map(
    ({ name, words, path }) =>
      html`<li><a href="/progress/${token}${path}"${name === current ? html` aria-current="page"` : ""}>${words}</a></li>`,
  )}</ul>
</nav>`;
}
