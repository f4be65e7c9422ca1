import { describe, expect, it } from "vitest";
import { itNames, problemsOf } from "./expect-mistake.ts";
import { without } from "./sample-sources.ts";

describe("a mistake in site.yaml", () => {
  // biome-ignore format: one mistake a row
  itNames("content/site.yaml", [
    ["a key that is not known", "replyTo:", "replyTwo:", "replyTwo is no known key: remove it or correct"],
    ["a missing key", "replyTo: hello@example.org\n", "", "replyTo is missing: give the address that replies", 1],
    ["a bad address", "leave@example.org", "leave", "unsubscribeMailbox: give the address"],
    ["no postal address", '[ "Steps & Co", "1 Main Street" ]', "[]", "postalAddress: give your postal address"],
    ["an unknown zone", "Europe/Zurich", "Europe/Zürich", 'defaults.zone: no zone is called "Europe/Zürich": give'],
    ["an offset as zone", "Europe/Zurich", '"+02:00"', 'defaults.zone: no zone is called "+02:00"'],
    ["an unknown weekday", "[mon, tue]", "[mon, tues]", "defaults.window.days[2]: give the days as a list of mon"],
    ["a window without days", "[mon, tue]", "[]", "defaults.window.days: give the days"],
    ["a day named twice", "[mon, tue]", "[mon, mon]", "defaults.window.days: name each day once"],
    ["an hour that is none", '"12:00"', '"24:00"', "defaults.window.to: give the end of the window as HH:MM"],
    ["a window that ends first", '"12:00"', '"08:00"', "defaults.window.to: end the window after it starts"],
    ["a missing course", "course: first-aid", "course: aid", "defaults.course: no folder content/courses/aid; there is first-aid"],
    ["a colour name", '"#0b5d66"', "teal", "theme.accent: give the colour as #rrggbb"],
    ["a font that breaks out of CSS", "Georgia, serif", "x;}body{display:none", "theme.font: give fonts as in CSS"],
    ["a pale accent", "#0b5d66", "#6cc5cf", "theme.accent: links in #6cc5cf are hard to read (contrast 1.8, at least 4.5"],
    ["a dark accent in the dark", "#6cc5cf", "#0b5d66", "theme.accentDark: links in #0b5d66 are hard to read"],
    ["YAML that is none", "tracking: {", "tracking: [", "This is not YAML: "],
    ["a list in place of a map", "name: Steps & Co\n", "- a\n", "This is not YAML: ", 2],
    ["a slot", "name: Steps & Co", 'name: "{{greeting}}"', "{{ cannot stand here"],
    ["a text in place of a map", "tracking: { opens: false, clicks: false }", "tracking: no", "tracking: give { opens: false"],
  ]);

  it("that is missing", async () => {
    const problems = await problemsOf(without("content/site.yaml"));
    expect(problems).toEqual([
      expect.stringContaining("content/site.yaml:1  This file is missing: it names"),
    ]);
  });
});
