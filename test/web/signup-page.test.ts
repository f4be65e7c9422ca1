import { describe, expect, it } from "vitest";
import { consentText, digestConsentText } from "../../web/consent-text.ts";
import { signupPage } from "../../web/signup-page.ts";
import { course, site } from "./sample-site.ts";

const fresh = signupPage({ site, course });
const again = signupPage({
  site,
  course,
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
    const consent = consentText(site, course);
    expect(consent).toContain("“First aid”");
    expect(consent).toContain("leave at any time with the Unsubscribe link");
    expect(fresh).toContain(`<p class="consent">${consent}</p>\n<button type="submit">`);
  });
});

describe("the digest on the signup page", () => {
  it("is a box that nobody has ticked, with a consent of its own", () => {
    expect(fresh).toContain(
      '<input id="digest" name="digest" type="checkbox" aria-describedby="digest-hint">',
    );
    expect(fresh).toMatch(/<label for="digest">Also send me a weekly digest/);
    expect(fresh).toContain(`<p class="hint" id="digest-hint">${digestConsentText(site)}</p>`);
    expect(digestConsentText(site)).toContain("you can leave it and stay in the course");
    expect(consentText(site, course)).not.toContain("digest");
  });

  it("stays as it was left after a mistake", () => {
    const values = { name: "", email: "", zone: "" };
    const page = (digest: boolean) =>
      signupPage({ site, course, values: { ...values, digest }, problems: { email: "x" } });
    expect(page(true)).toMatch(/id="digest"[^>]* checked>/);
    expect(page(false)).not.toMatch(/id="digest"[^>]* checked>/);
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
    const html = signupPage({ site, course, problems: { course: "Choose a course." } });
    expect(html).toContain('role="alert"><ul><li>Choose a course.</li></ul>');
  });

  it("ties hint and mistake of one field together", () => {
    const html = signupPage({ site, course, problems: { zone: "Choose a zone." } });
    expect(html).toMatch(
      /id="zone" name="zone" aria-describedby="zone-hint zone-mistake" aria-invalid="true"/,
    );
  });

  it("falls back to the site's zone if the one entered is none", () => {
    const values = { name: "", email: "", zone: "Mars/Base" };
    expect(selected(signupPage({ site, course, values }))).toEqual(["Europe/Zurich"]);
  });
});
