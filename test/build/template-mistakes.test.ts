import { describe, expect, it } from "vitest";
import { itNames, problemsOf } from "./expect-mistake.ts";
import { withChange, without } from "./sample-sources.ts";

describe("a mistake in the layout", () => {
  // biome-ignore format: one mistake a row
  itNames("templates/layout.mjml", [
    ["a slot in a style", ".teaser { margin: 0 0 4px; }", ".teaser { margin: {{greeting}}; }", "{{greeting}} stands in <mj-style>: a slot may stand in text, or"],
    ["a slot in the title", "{mail:title}</mj-title>", "{{greeting}}</mj-title>", "{{greeting}} stands in <mj-title>"],
    ["a slot in another attribute", 'width="600px"', 'width="{{greeting}}"', "{{greeting}} stands in the attribute width"],
    ["a slot in a comment", "{part:content}", "<!-- {{greeting}} -->", "{{greeting}} stands in a comment"],
    ["an unknown slot", "Sent by", "{{who}} by", "{{who}} is no slot that may stand here"],
    ["an unknown value", "{site:name}", "{site:nome}", "{site:nome} has no value here: use one of site:name"],
    ["a value of courses only", "{site:name}", "{course:title}", "{course:title} has no value here"],
    ["a link to leave, which the confirmation has not", "Sent by", "{{unsubscribeUrl}} by", "{{unsubscribeUrl}} is no slot that may stand here"],
  ]);
});

describe("a mistake in a mail of no course", () => {
  // biome-ignore format: one mistake a row
  itNames("templates/digest.mjml", [
    ["a body inside a paragraph", "      {{bodyHtml}}", "      <p>{{bodyHtml}}</p>", "{{bodyHtml}} is whole paragraphs: put it on a line of its own"],
    ["a body in the subject", '"{{title}}"', '"{{bodyHtml}}"', "{{bodyHtml}} is whole paragraphs"],
    ["a body in an address", "{{progressUrl}}", "{{bodyHtml}}", "{{bodyHtml}} is whole paragraphs"],
    ["the body of the text part", "{{bodyHtml}}", "{{bodyText}}", "{{bodyText}} is no slot that may stand here"],
    ["a slot of the reminder", "{{greeting}}", "{{date}}", "{{date}} is no slot that may stand here"],
    ["a value in the subject", '"{{title}}"', '"{site:name}"', "subject: give the subject of the mail in plain words and slots"],
    ["a slot in the title of the window", "title: Your digest", 'title: "{{title}}"', "title: give the title in plain words, without { }"],
    ["no preheader", "preheader:", "preview:", "preheader is missing", 2],
    ["a value of courses only", "{site:name}", "{course:title}", "{course:title} has no value here"],
  ]);
  // biome-ignore format: one mistake a row
  itNames("templates/deadline.mjml", [
    ["a body", "{{greeting}}", "{{bodyHtml}}", "{{bodyHtml}} is no slot that may stand here"],
  ]);
  // biome-ignore format: one mistake a row
  itNames("templates/digest-item.mjml", [
    ["no text", "text: |", "words: |", "text is missing: write the piece as plain text", 2],
    ["a slot that items have not", "{{source}} ·", "{{greeting}} ·", "{{greeting}} is no slot that may stand here"],
    ["a slot in a tooltip", '<p class="teaser">', '<p title="{{title}}">', "{{title}} stands in the attribute title"],
  ]);
});

describe("a mistake in the confirmation", () => {
  // biome-ignore format: one mistake a row
  itNames("templates/confirm.mjml", [
    ["a link to leave", "{{greeting}}", "{{unsubscribeUrl}}", "{{unsubscribeUrl}} is no slot that may stand here"],
    ["a value of courses only", "{site:name}", "{mail:body}", "{mail:body} has no value here"],
    ["no subject", "subject: Please confirm your address\n", "", "subject is missing", 2],
    ["a value in the subject", "subject: Please confirm your address", "subject: '{site:name}'", "subject: give the subject of the mail in plain words"],
    ["an attribute that MJML does not know", "<mj-button ", '<mj-button colour="red" ', "mj-button: Attribute colour is illegal"],
    ["a tag that MJML does not know", "<mj-text css", "<mj-txt></mj-txt><mj-text css", "mj-txt: Element mj-txt doesn't exist"],
  ]);
});

describe("a mistake in the reminder of it", () => {
  // biome-ignore format: one mistake a row
  itNames("templates/confirm-reminder.mjml", [
    ["a link to leave", "{{greeting}}", "{{unsubscribeUrl}}", "{{unsubscribeUrl}} is no slot that may stand here"],
    ["no subject", "subject: Still waiting for your confirmation\n", "", "subject is missing", 2],
  ]);
});

describe("a mistake in a template", () => {
  // biome-ignore format: one mistake a row
  itNames("templates/step.mjml", [
    ["a part that is not there", "{part:course-footer}", "{part:foot}", "The template templates/foot.mjml is missing"],
    ["a part that holds itself", "{part:course-footer}", "{part:step}", "The part step holds itself"],
  ]);

  it.each([
    ...["layout", "confirm", "confirm-reminder", "welcome", "step", "farewell", "course-footer"],
    ...["digest", "campaign", "deadline", "digest-topic", "digest-item"],
  ])("%s is missing", async (name) => {
    const problems = await problemsOf(without(`templates/${name}.mjml`));
    expect(problems).toContainEqual(
      expect.stringContaining(`The template templates/${name}.mjml is missing`),
    );
  });

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
