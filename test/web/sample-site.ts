import type { Course, Site } from "../../core/catalogue.ts";

/** What an attacker would like to see in a page as it is. */
export const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&`;

/** A site whose every text is hostile, save those that must be addresses. */
export const hostileSite: Site = {
  name: hostile,
  sender: { name: hostile, address: "steps@example.org" },
  replyTo: "hello@example.org",
  unsubscribeMailbox: "leave@example.org",
  postalAddress: [hostile, "1 Main Street"],
  defaults: {
    course: "first-aid",
    zone: "Europe/Zurich",
    window: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" },
  },
  tracking: { opens: false, clicks: false },
  theme: { accent: "#0b5d66", accentDark: "#6cc5cf", font: "Georgia, serif" },
};

/** A course whose every text is hostile. */
export const hostileCourse: Course = {
  name: "first-aid",
  title: hostile,
  summary: hostile,
  audience: hostile,
  window: hostileSite.defaults.window,
  late: { afterHours: 48, action: "skip" },
  steps: [
    { id: "welcome", title: "Welcome", delayDays: 0, window: "always", checklist: [] },
    { id: "breathe", title: hostile, number: 1, delayDays: 7, checklist: [{ id: "sit", text: "Sit" }] },
  ],
};

/** A site that means well. */
export const site: Site = {
  ...hostileSite,
  name: "Steps",
  sender: { name: "Steps", address: "steps@example.org" },
  postalAddress: ["Steps", "1 Main Street"],
};

/** A course that means well. */
export const course: Course = {
  ...hostileCourse,
  title: "First aid",
  summary: "Two mails.",
  audience: "Everybody.",
  steps: hostileCourse.steps.map((step) => ({ ...step, title: step.number ? "Breathe" : "Welcome" })),
};
