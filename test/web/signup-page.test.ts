import { describe, expect, it } from "vitest";
import { signupConsent } from "../../core/subscriber/consent-text.ts";
import { signupPage } from "../../web/signup-page.ts";
import { course, site } from "./sample-site.ts";

const consent = signupConsent(site, course);
const form = { action: "/signup", trap: "reference", started: "k1.form" };
const shown = { site, course, consent, form };

const fresh = signupPage(shown);
const again = signupPage({
  ...shown,
  values: { name: "Zoë", email: "zoe@", zone: "Asia/Kolkata" },
  problems: { email: "Enter one e-mail address." },
});
const selected = (html: string) =>
  [...html.matchAll(/<option value="([^"]*)" selected>/g)].map(([, zone]) => zone);

describe("the signup page", () => {
  it("says what the course is and what comes", () => {
    for (const part of [
      "<h1>First aid</h1>",
      "Two mails.",
      "Everybody.",
      "2 mails over about 7 days",
      "<li>Breathe</li>",
    ]) {
      expect(fresh).toContain(part);
    }
    expect(fresh).not.toContain("<li>Welcome</li>");
  });

  it("posts name, address, zone and course, and works without JavaScript", () => {
    expect(fresh).toContain('<form method="post" action="/signup"');
    expect(fresh).toContain('<input type="hidden" name="course" value="first-aid">');
    for (const name of ["name", "email", "zone"]) {
      expect(fresh).toMatch(new RegExp(`<label for="${name}">`));
      expect(fresh).toMatch(new RegExp(`<(input|select) id="${name}" name="${name}"`));
    }
    expect(fresh).toMatch(/name="email"[^>]* type="email"[^>]* autocomplete="email" required/);
    expect(fresh).toMatch(/First name <span class="optional">\(optional\)/);
    expect(fresh).not.toMatch(/id="name"[^>]*required/);
  });

  it("offers all zones by part of the world, with the site's own chosen", () => {
    expect(fresh.match(/<option /g)?.length).toBeGreaterThan(400);
    expect(fresh).toContain('<optgroup label="Europe">');
    expect(selected(fresh)).toEqual(["Europe/Zurich"]);
    expect(fresh).toMatch(/<select id="zone"[^>]* data-detect>/);
  });

  it("names the course and the way to leave, right above the button", () => {
    expect(consent.course).toContain("“First aid”");
    expect(consent.course).toContain("leave at any time with the Unsubscribe link");
    expect(fresh).toContain(`<p class="consent">${consent.course}</p>\n<button type="submit">`);
  });
});

describe.each(["digest", "reminders"] as const)("the list %s on the signup page", (list) => {
  it("is a box that nobody has ticked, with a consent of its own", () => {
    expect(fresh).toContain(
      `<input id="${list}" name="${list}" type="checkbox" aria-describedby="${list}-hint">`,
    );
    expect(fresh).toMatch(new RegExp(`<label for="${list}">Also `));
    expect(fresh).toContain(`<p class="hint" id="${list}-hint">${consent[list]}</p>`);
    expect(consent[list]).toContain("you can leave it and stay in the course");
    expect(consent.course).not.toContain(list);
  });

  it("stays as it was left after a mistake", () => {
    const values = { name: "", email: "", zone: "" };
    const page = (isTicked: boolean) =>
      signupPage({ ...shown, values: { ...values, [list]: isTicked }, problems: { email: "x" } });
    expect(page(true)).toMatch(new RegExp(`id="${list}"[^>]* checked>`));
    expect(page(false)).not.toMatch(new RegExp(`id="${list}"[^>]* checked>`));
  });
});

describe("the form's unseen part", () => {
  it("tells when it was opened, and has a field that neither people nor screen readers meet", () => {
    expect(fresh).toContain('<input type="hidden" name="started" value="k1.form">');
    expect(fresh).toMatch(
      /<div hidden><label>[^<]+<input name="reference" tabindex="-1" autocomplete="off"><\/label><\/div>/,
    );
  });

  it("goes where the form came from, with what that said besides", () => {
    const carried = { thankYou: "https://shop.example/thanks" };
    const page = signupPage({ ...shown, form: { ...form, action: "/signup/shop" }, carried });
    expect(page).toContain('action="/signup/shop"');
    expect(page).toContain('<input type="hidden" name="thankYou" value="https://shop.example/thanks">');
  });
});

describe("the signup page after a mistake", () => {
  it("keeps what was entered, the zone too, and lets no script change it", () => {
    expect(again).toMatch(/id="name"[^>]* value="Zoë"/);
    expect(again).toMatch(/id="email"[^>]* value="zoe@"/);
    expect(selected(again)).toEqual(["Asia/Kolkata"]);
    expect(again).not.toContain("data-detect");
  });

  it("says what is wrong, at the top and at the field, for screen readers as well", () => {
    expect(again).toMatch(/<title>Please check the form: /);
    expect(again).toMatch(/role="alert"><ul><li><a href="#email">Enter one e-mail address\.<\/a>/);
    expect(again).toContain('<p class="mistake" id="email-mistake">Enter one e-mail address.</p>');
    expect(again).toMatch(/id="email" name="email" aria-describedby="email-mistake" aria-invalid="true"/);
    expect(again).not.toMatch(/id="name"[^>]*aria-invalid/);
  });

  it("leads nowhere from a mistake in the course, which is a hidden field", () => {
    const html = signupPage({ ...shown, problems: { course: "Choose a course." } });
    expect(html).toContain('role="alert"><ul><li>Choose a course.</li></ul>');
  });

  it("ties hint and mistake of one field together", () => {
    const html = signupPage({ ...shown, problems: { zone: "Choose a zone." } });
    expect(html).toMatch(
      /id="zone" name="zone" aria-describedby="zone-hint zone-mistake" aria-invalid="true"/,
    );
  });

  it("falls back to the site's zone if the one entered is none", () => {
    const values = { name: "", email: "", zone: "Mars/Base" };
    expect(selected(signupPage({ ...shown, values }))).toEqual(["Europe/Zurich"]);
  });
});
