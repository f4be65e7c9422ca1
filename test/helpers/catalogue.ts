import type { Catalogue, CompiledMail, Course, Step } from "../../core/catalogue.ts";

const mornings = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" } as const;

/** A course of a welcome and three weekly steps, with mails of one line. */
export const course: Course = {
  name: "records",
  title: "Three steps",
  summary: "A course for tests",
  audience: "Tests",
  window: { ...mornings, days: [...mornings.days] },
  late: { afterHours: 48, action: "next-window" },
  steps: [
    step("welcome", { delayDays: 0, window: "always" }),
    step("school", { delayDays: 2, number: 1 }),
    step("training", { delayDays: 7, number: 2 }),
    step("farewell", { delayDays: 7 }),
  ],
};

/** What the build would make of one course, by hand. */
export const catalogue: Catalogue = {
  site: {
    name: "Stepletter",
    sender: { name: "Stepletter", address: "steps@stepletter.example" },
    replyTo: "hello@stepletter.example",
    unsubscribeMailbox: "leave@stepletter.example",
    postalAddress: ["Stepletter", "100 Sample Street"],
    defaults: { course: course.name, zone: "America/New_York", window: course.window },
    tracking: { opens: false, clicks: false },
    theme: { accent: "#0b5d66", accentDark: "#6cc5cf", font: "sans-serif" },
  },
  courses: { [course.name]: course },
  mails: {
    confirm: mail("Confirm", "confirmUrl"),
    ...Object.fromEntries(
      course.steps.map(({ id }) => [`course/${course.name}/${id}`, mail(id, "unsubscribeUrl")]),
    ),
  },
  fragments: {},
  feeds: [],
  pages: { "courses/records/glossary": { title: "Glossary", description: "Terms", html: "<p>HIPAA</p>" } },
};

function step(id: string, rest: Partial<Step> & { delayDays: number }): Step {
  return { id, title: id, checklist: [], ...rest };
}

function mail(subject: string, link: "confirmUrl" | "unsubscribeUrl"): CompiledMail {
  return {
    subject: { literals: [subject], slots: [] },
    html: {
      literals: ["<p>", '</p><a href="', '">link</a>'],
      slots: [
        { name: "greeting", as: "html" },
        { name: link, as: "url" },
      ],
    },
    text: {
      literals: ["", "\n", ""],
      slots: [
        { name: "greeting", as: "text" },
        { name: link, as: "text" },
      ],
    },
  };
}
