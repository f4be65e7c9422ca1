import { describe, expect, it } from "vitest";
import { readSource, type SourceOptions } from "../../cli/sources/source-options.ts";
import { presets } from "../../core/source/presets.ts";

const now = "2027-03-01T12:00:00.000Z";
const custom = { kind: "hmac", header: "X-Sig", id: "meta.id", at: "meta.at", map: ["email=mail"] } as const;
const read = (options: SourceOptions, name = "x") => readSource(name, options, now);

describe("a source as it is typed", () => {
  it("of a provider is its preset, and what the map says besides", () => {
    expect(read({ kind: "typeform", map: ["name=form_response.hidden.name"] })).toEqual({
      name: "x",
      kind: "hmac",
      sites: [],
      thankYou: [],
      afterConfirm: [],
      hmac: presets.typeform.hmac,
      map: { ...presets.typeform.map, name: "form_response.hidden.name" },
      createdAt: now,
    });
  });

  it("of another one has the header in small letters, and hex over the body unless told", () => {
    expect(read({ ...custom, map: [...custom.map] }).hmac).toEqual({
      header: "x-sig",
      prefix: "",
      encoding: "hex",
      signs: "{body}",
      id: "meta.id",
      at: "meta.at",
    });
  });

  it("may send people to pages on this machine, where nothing is encrypted", () => {
    const site = ["http://localhost:3000", "https://blog.example"];
    const thankYou = ["http://127.0.0.1:3000/thanks?a=b"];
    const afterConfirm = ["https://blog.example"];
    expect(read({ kind: "form", site, thankYou, afterConfirm })).toMatchObject({
      sites: site,
      thankYou,
      afterConfirm,
    });
    expect(read({ kind: "tally", afterConfirm })).toMatchObject({ afterConfirm });
  });

  const hmac = (change: Partial<SourceOptions>): SourceOptions => ({
    ...custom,
    map: [...custom.map],
    ...change,
  });
  it.each<[string, SourceOptions, string]>([
    ["a site with a path", { kind: "form", site: ["https://a.example/b"] }, "alone, https://a.example"],
    ["a site with a slash", { kind: "form", site: ["https://a.example/"] }, "alone, https://a.example"],
    ["any site", { kind: "form", site: ["*"] }, "with https://"],
    ["a site without encryption", { kind: "form", site: ["http://a.example"] }, "with https://"],
    ["a page that is none", { kind: "form", thankYou: ["thanks"] }, "with https://"],
    ["a page that is a script", { kind: "form", afterConfirm: ["javascript:alert(1)"] }, "with https://"],
    ["a page with a password", { kind: "form", thankYou: ["https://a:b@c.example"] }, "with https://"],
    ["a site of a webhook", { kind: "tally", site: ["https://a.example"] }, "are of a form"],
    ["a map of a form", { kind: "form", map: ["email=a"] }, "of webhooks"],
    ["no header", { kind: "hmac", map: ["email=a"] }, "needs --header"],
    ["no address", { kind: "hmac", header: "A", id: "a", at: "b" }, "--map email=EXPRESSION"],
    ["a map without an address", { kind: "standard", map: ["name=a"] }, "--map email=EXPRESSION"],
    ["a body that is not signed", hmac({ signs: "body" }), "write {body} once"],
    ["a body that is signed twice", hmac({ signs: "{body}.{body}" }), "write {body} once"],
    ["a part that is unknown", hmac({ signs: "{time}.{body}" }), "write {body} once"],
    ["parts without an end", hmac({ signs: "{header:A}{body}" }), "between its parts"],
    ["no name of a header", hmac({ header: "X Sig" }), "no name of a header"],
    ["a field that is none", { kind: "tally", map: ["mail=a"] }, "write FIELD=EXPRESSION"],
    ["a field without an expression", { kind: "tally", map: ["name="] }, "write FIELD=EXPRESSION"],
    ["an expression that is none", { kind: "tally", map: ["name=a["] }, "no JMESPath expression"],
  ])("is refused with %s", (_, options, words) => {
    expect(() => read(options)).toThrow(words);
  });

  it.each(["Shop", "a b", "", "-a", "a".repeat(41), "__proto__", "form"])("cannot be called %j", (name) => {
    expect(() => read({ kind: "form" }, name)).toThrow(/name/);
  });
});
