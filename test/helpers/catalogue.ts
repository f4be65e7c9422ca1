import type {
  Catalogue,
  CompiledFragment,
  CompiledMail,
  Course,
  Reading,
  SlotName,
  Step,
} from "../../core/catalogue.ts";

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
    step("school", {
      delayDays: 2,
      number: 1,
      checklist: [
        { id: "enrol", text: "Enrol in a class" },
        { id: "buy-book", text: "Buy the book" },
      ],
    }),
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
  designs: ["gala"],
  mails: {
    "design/gala": { ...mail("gala", "unsubscribeUrl"), subject: campaignMail().subject },
    confirm: mail("Confirm", "confirmUrl"),
    "confirm-reminder": mail("Confirm, please", "confirmUrl"),
    access: mail("Your data", "accountUrl"),
    address: mail("New address", "addressUrl"),
    campaign: campaignMail(),
    digest: campaignMail(),
    deadline: deadlineMail(),
    nudge: nudgeMail(),
    ...Object.fromEntries(
      course.steps.map(({ id }) => [`course/${course.name}/${id}`, mail(id, "unsubscribeUrl")]),
    ),
  },
  fragments: {
    "digest-topic": {
      html: { literals: ["<h2>", "</h2>"], slots: [{ name: "title", as: "html" }] },
      text: { literals: ["== ", " ==\n"], slots: [{ name: "title", as: "text" }] },
    },
    "digest-item": digestItem(),
    "digest-week": {
      html: { literals: ["<h3>", "</h3>"], slots: [{ name: "title", as: "html" }] },
      text: { literals: ["", "\n"], slots: [{ name: "title", as: "text" }] },
    },
    "digest-more": {
      html: {
        literals: ['<p><a href="', '">', "</a></p>"],
        slots: [
          { name: "url", as: "url" },
          { name: "title", as: "html" },
        ],
      },
      text: {
        literals: ["", "\n  ", "\n"],
        slots: [
          { name: "title", as: "text" },
          { name: "url", as: "text" },
        ],
      },
    },
  },
  feeds: [],
  feedRules: { topics: [], relevance: [] },
  credentials: [
    {
      id: "rhit",
      name: "RHIT",
      fullName: "Registered Health Information Technician",
      body: "AHIMA",
      url: "https://ahima.example/renew",
      cycleMonths: 24,
      required: { hours: 20, source: "https://ahima.example/hours", checkedOn: "2026-11-23" },
      own: { percent: 40, from: "AHIMA", cyclesFrom: "2025-01-01" },
    },
    {
      id: "cpc",
      name: "CPC",
      fullName: "Certified Professional Coder",
      body: "AAPC",
      url: "https://aapc.example/renew",
    },
  ],
  pages: { "courses/records/glossary": { title: "Glossary", description: "Terms", html: "<p>HIPAA</p>" } },
  readings: Object.fromEntries(course.steps.map(({ id }) => [`${course.name}/${id}`, reading(id)])),
};

function step(id: string, rest: Partial<Step> & { delayDays: number }): Step {
  return { id, title: id, checklist: [], ...rest };
}

function reading(id: string): Reading {
  return {
    subject: { literals: [`About ${id}`], slots: [] },
    body: {
      literals: ["<p>", ` Read of ${id}.</p><p><a href="`, '/courses/records/glossary">Glossary</a></p>'],
      slots: [
        { name: "greeting", as: "html" },
        { name: "publicUrl", as: "url" },
      ],
    },
  };
}

function mail(subject: string, link: SlotName): CompiledMail {
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

function digestItem(): CompiledFragment {
  return {
    html: {
      literals: ['<h3><a href="', '">', "</a></h3><p>", "</p><p>", "", " · ", "</p>"],
      slots: [
        { name: "url", as: "url" },
        { name: "title", as: "html" },
        { name: "summary", as: "html" },
        { name: "hours", as: "html" },
        { name: "source", as: "html" },
        { name: "date", as: "html" },
      ],
    },
    text: {
      literals: ["", "\n  ", "\n  ", "", " · ", "\n  ", "\n"],
      slots: [
        { name: "title", as: "text" },
        { name: "summary", as: "text" },
        { name: "hours", as: "text" },
        { name: "source", as: "text" },
        { name: "date", as: "text" },
        { name: "url", as: "text" },
      ],
    },
  };
}

function deadlineMail(): CompiledMail {
  return {
    subject: {
      literals: ["", ": ", ""],
      slots: [
        { name: "title", as: "text" },
        { name: "summary", as: "text" },
      ],
    },
    html: {
      literals: ["<h1>", "</h1><p>", '</p><a href="', '">dates</a><a href="', '">leave</a>'],
      slots: [
        { name: "title", as: "html" },
        { name: "date", as: "html" },
        { name: "progressUrl", as: "url" },
        { name: "unsubscribeUrl", as: "url" },
      ],
    },
    text: {
      literals: ["", "\n", "\n", "\n"],
      slots: [
        { name: "date", as: "text" },
        { name: "standing", as: "text" },
        { name: "unsubscribeUrl", as: "text" },
      ],
    },
  };
}

function nudgeMail(): CompiledMail {
  return {
    subject: { literals: ["Open: ", ""], slots: [{ name: "title", as: "text" }] },
    html: {
      literals: ["<p>", ' open</p><a href="', '">step</a><a href="', '">leave</a>'],
      slots: [
        { name: "summary", as: "html" },
        { name: "stepUrl", as: "url" },
        { name: "unsubscribeUrl", as: "url" },
      ],
    },
    text: {
      literals: ["", " open\n", ""],
      slots: [
        { name: "summary", as: "text" },
        { name: "stepUrl", as: "text" },
      ],
    },
  };
}

function campaignMail(): CompiledMail {
  return {
    subject: { literals: ["", ""], slots: [{ name: "title", as: "text" }] },
    html: {
      literals: ["<h1>", "</h1>", '<a href="', '">leave</a>'],
      slots: [
        { name: "title", as: "html" },
        { name: "bodyHtml", as: "block" },
        { name: "unsubscribeUrl", as: "url" },
      ],
    },
    text: {
      literals: ["", "\n", ""],
      slots: [
        { name: "bodyText", as: "block" },
        { name: "unsubscribeUrl", as: "text" },
      ],
    },
  };
}
