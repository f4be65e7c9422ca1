import { describe, expect, it } from "vitest";
import { itNames, problemsOf } from "./expect-mistake.ts";
import { withChange, without } from "./sample-sources.ts";

describe("a mistake in the layout", () => {
  // biome-ignore format: one mistake a row
  itNames("templates/layout.mjml", [
    ["a slot in a style", "p { margin: 0 0 18px; }", "p { margin: {{greeting}}; }", "{{greeting}} stands in <mj-style>: a slot may stand in text, or"],
    ["a slot in the title", "{mail:title}</mj-title>", "{{greeting}}</mj-title>", "{{greeting}} stands in <mj-title>"],
    ["a slot in another attribute", 'width="600px"', 'width="{{greeting}}"', "{{greeting}} stands in the attribute width"],
    ["a slot in a comment", "{part:content}", "<!-- {{greeting}} -->", "{{greeting}} stands in a comment"],
    ["an unknown slot", "Sent by", "{{who}} by", "{{who}} is no slot that may stand here"],
    ["an unknown value", "{site:name}", "{site:nome}", "{site:nome} has no value here: use one of site:name"],
    ["a value of courses only", "{site:name}", "{course:title}", "{course:title} has no value here"],
  ]);
});

describe("a mistake in the confirmation", () => {
  // biome-ignore format: one mistake a row
  itNames("templates/confirm.mjml", [
    ["a link to leave", "{{greeting}}", "{{unsubscribeUrl}}", "{{unsubscribeUrl}} is no slot that may stand here"],
    ["a value of courses only", "{mail:asked}", "{mail:body}", "{mail:body} has no value here"],
    ["no subject", "subject: Please confirm your address\n", "", "subject is missing", 2],
    ["a value in the subject", "subject: Please confirm your address", "subject: '{site:name}'", "subject: give the subject of the mail in plain words"],
    ["an attribute that MJML does not know", "<mj-button ", '<mj-button colour="red" ', "mj-button: Attribute colour is illegal"],
    ["a tag that MJML does not know", "<mj-text css", "<mj-txt></mj-txt><mj-text css", "mj-txt: Element mj-txt doesn't exist"],
  ]);
});

describe("a mistake in a template", () => {
  // biome-ignore format: one mistake a row
  itNames("templates/step.mjml", [
    ["a part that is not there", "{part:course-footer}", "{part:foot}", "The template templates/foot.mjml is missing"],
    ["a part that holds itself", "{part:course-footer}", "{part:step}", "The part step holds itself"],
  ]);

  it.each(["layout", "confirm", "welcome", "step", "farewell", "course-footer"])(
    "%s is missing",
    async (name) => {
      const problems = await problemsOf(without(`templates/${name}.mjml`));
      expect(problems).toContainEqual(
        expect.stringContaining(`The template templates/${name}.mjml is missing`),
      );
    },
  );

  it("and those of all other files are listed at once, in reading order", async () => {
    const mail = "content/courses/first-aid/breathe.md";
    let sources = withChange(mail, "{{greeting}}", "{{name}}");
    sources = withChange("content/site.yaml", "Europe/Zurich", "Mars/Base", sources);
    sources = withChange(mail, "{fact:pulse}.", "{fact:x}.", sources);
    sources = withChange("templates/step.mjml", "{{greeting}}", "{{name}}", sources);
    const places = (await problemsOf(sources)).map((problem) => problem.split("  ")[0]);
    expect(places).toEqual([`${mail}:2`, `${mail}:3`, "content/site.yaml:8", "templates/step.mjml:6"]);
  });
});
