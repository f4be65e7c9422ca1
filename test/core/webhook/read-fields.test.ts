import { describe, expect, it } from "vitest";
import { jmesPath } from "../../../adapters/jmespath.ts";
import { presets } from "../../../core/source/presets.ts";
import { readFields } from "../../../core/webhook/read-fields.ts";

const read = (map: Parameters<typeof readFields>[1], payload: unknown) => readFields(jmesPath, map, payload);

describe("the fields of a payload", () => {
  it("stand at the top, or in data, where nothing is said of them", () => {
    expect(read(undefined, { email: "a@b.c" })).toEqual({ fields: { email: "a@b.c" } });
    expect(read(undefined, { type: "x", data: { email: "a@b.c" } })).toEqual({ fields: { email: "a@b.c" } });
    for (const none of [undefined, null, "text", 7, []])
      expect(read(undefined, none)).toHaveProperty("reason");
  });

  it("of Typeform and Tally have the answer to the question for an address", () => {
    const typeform = {
      form_response: {
        answers: [
          { type: "text", text: "Ada" },
          { type: "email", email: "ada@example.com" },
          { type: "email", email: "second@example.com" },
        ],
      },
    };
    expect(read(presets.typeform.map, typeform)).toEqual({ fields: { email: "ada@example.com" } });
    const tally = {
      data: {
        fields: [
          { key: "question_1", label: "Name", type: "INPUT_TEXT", value: "Ada" },
          { key: "question_2", label: "Mail", type: "INPUT_EMAIL", value: "ada@example.com" },
        ],
      },
    };
    expect(read(presets.tally.map, tally)).toEqual({ fields: { email: "ada@example.com" } });
  });

  it("are found wherever the map says, and left to the defaults where it finds nothing", () => {
    const map = { email: "who.mail", name: "who.name", course: "'records'", digest: "yes", zone: "none" };
    expect(read(map, { who: { mail: "a@b.c", name: "" }, yes: false })).toEqual({
      fields: { email: "a@b.c", course: "records", digest: false },
    });
  });

  it.each<[string, Record<string, string>, unknown]>([
    ["there is no email at mail", { email: "mail" }, { mail: null }],
    ["there is no email at mail", { email: "mail" }, { mail: "" }],
    ["there is no email at length(mail)", { email: "length(mail)" }, {}],
    ["email is no text at mail", { email: "mail" }, { mail: ["a@b.c"] }],
    ["name is no text at name", { email: "mail", name: "name" }, { mail: "a@b.c", name: 7 }],
    ["digest is no yes or no at news", { email: "mail", digest: "news" }, { mail: "a@b.c", news: ["x"] }],
  ])("say what is not there: %s", (reason, map, payload) => {
    expect(read(map as never, payload)).toEqual({ reason });
  });
});
