import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suggestAddress } from "../../../core/guard/suggest-address.ts";
import { parseAddress } from "../../../core/subscriber/address.ts";

/** Mail providers that many people use, spelled right. */
const popular = [
  ...["gmail.com", "googlemail.com", "ymail.com", "yahoo.com", "yahoo.co.uk", "yahoo.co.in", "yahoo.com.br"],
  ...["yahoo.co.jp", "yahoo.de", "yahoo.fr", "yahoo.ca", "rocketmail.com", "hotmail.com", "hotmail.co.uk"],
  ...["hotmail.fr", "hotmail.es", "outlook.com", "outlook.de", "outlook.com.au", "live.com", "live.nl"],
  ...["msn.com", "icloud.com", "me.com", "mac.com", "aol.com", "aim.com", "comcast.net", "cox.net"],
  ...["verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "proton.me", "protonmail.com", "pm.me"],
  ...["fastmail.com", "zoho.com", "yandex.ru", "mail.ru", "mail.com", "email.com", "gmx.de", "gmx.net"],
  ...["gmx.com", "web.de", "t-online.de", "orange.fr", "free.fr", "libero.it", "qq.com", "163.com"],
  ...["naver.com", "btinternet.com", "sky.com", "optusnet.com.au", "xtra.co.nz", "tuta.io", "hey.com"],
];

/** Rare, right, and like something else: clinics, universities, offices. */
const rare = [
  ...["mercy.net", "stlukes.org", "kp.org", "va.gov", "mgh.harvard.edu", "umich.edu", "duke.edu", "nhs.net"],
  ...["ucl.ac.uk", "mail.mil", "ibm.com", "asm.com", "grail.com", "hmail.com", "mail.gov.in", "oulu.fi"],
  ...["inova.org", "outlook.health", "gmail.health", "yale.edu", "yahoo.example.org", "bmc.org", "uml.edu"],
];

describe("an address that looks mistyped", () => {
  it.each([
    ["gmial.com", "gmail.com"],
    ["gmail.con", "gmail.com"],
    ["gmail.co", "gmail.com"],
    ["hotmial.com", "hotmail.com"],
    ["hotmial.co.uk", "hotmail.co.uk"],
    ["yahoo.cm", "yahoo.com"],
    ["yahooo.fr", "yahoo.fr"],
    ["outlok.com", "outlook.com"],
    ["iclod.con", "icloud.com"],
    ["stlukes.ogr", "stlukes.org"],
    ["umich.eud", "umich.edu"],
  ])("%s was probably %s", (typed, meant) => {
    expect(suggestAddress(` Ada.L@${typed.toUpperCase()} `)).toBe(`Ada.L@${meant}`);
  });

  it.each([...popular, ...rare, ...["gmial.org", "hotmial.example"]])("%s is not one", (domain) => {
    expect(suggestAddress(`ada@${domain}`)).toBeUndefined();
  });

  it("is never one of a popular domain, whoever has it and however it is spelled", () => {
    const local = fc.stringMatching(/^[a-z0-9_+-]{1,20}$/);
    fc.assert(
      fc.property(local, fc.constantFrom(...popular), fc.boolean(), (name, domain, isLoud) => {
        expect(suggestAddress(`${name}@${isLoud ? domain.toUpperCase() : domain}`)).toBeUndefined();
      }),
    );
  });

  it("is never one of a domain of somebody's own under an ending that exists", () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,14}$/).filter((name) => !/^(g|h|y|o|i|u|p)/.test(name));
    const ending = fc.constantFrom("com", "org", "edu", "net", "gov", "co.uk", "health", "care", "cm", "co");
    fc.assert(
      fc.property(label, ending, fc.boolean(), (name, last, hasHost) => {
        expect(suggestAddress(`ada@${hasHost ? "mail." : ""}${name}.${last}`)).toBeUndefined();
      }),
    );
  });

  it("has a suggestion that mail can go to, and that is none itself", () => {
    const slip = fc.constantFrom(
      "gmial",
      "gmal",
      "hotmal",
      "yaho",
      "outlok",
      "icoud",
      "gmail",
      "yahoo",
      "clinic",
    );
    const ending = fc.constantFrom(
      "com",
      "con",
      "co",
      "cm",
      "fr",
      "co.uk",
      "nte",
      "ogr",
      "c",
      "om",
      "com.br",
    );
    fc.assert(
      fc.property(slip, ending, (name, last) => {
        const suggestion = suggestAddress(`ada@${name}.${last}`);
        if (suggestion === undefined) return;
        expect(parseAddress(suggestion)?.mailTo).toBe(suggestion);
        expect(suggestAddress(suggestion)).toBeUndefined();
      }),
    );
  });

  it("is none where there is no address at all", () => {
    for (const typed of ["", "ada", "@gmial.com", "ada@gmial", "a b@gmial.com"])
      expect(suggestAddress(typed)).toBeUndefined();
  });
});
