import { describe, expect, it } from "vitest";
import { isSourceSecret } from "../../../adapters/ssm/keys.ts";
import {
  addSourceSecret,
  dropOldSecrets,
  newSourceSecret,
  removeSourceSecrets,
  secretsOf,
} from "../../../core/source/source-secrets.ts";
import { keyRing } from "../../helpers/keys.ts";

describe("the secrets of a source", () => {
  it("are new in front, the old ones good until they are dropped, and nothing else changes", () => {
    const one = addSourceSecret(keyRing, "shop", "one");
    const both = addSourceSecret(addSourceSecret(one, "other", "x"), "shop", "two");
    expect(secretsOf(both, "shop")).toEqual(["two", "one"]);
    expect(secretsOf(addSourceSecret(both, "shop", "one"), "shop")).toEqual(["one", "two"]);
    expect(secretsOf(dropOldSecrets(both, "shop"), "shop")).toEqual(["two"]);
    const { webhooks, ...rest } = removeSourceSecrets(both, "shop");
    expect({ webhooks, rest }).toEqual({ webhooks: { other: ["x"] }, rest: keyRing });
  });

  it("are none of a name that every object has", () => {
    for (const name of ["constructor", "__proto__", "toString"]) expect(secretsOf(keyRing, name)).toEqual([]);
  });

  it.each(["standard", "hmac"] as const)(
    "that are made for %s are of its form, and never twice the same",
    (kind) => {
      const made = newSourceSecret(kind);
      expect(isSourceSecret(kind, made)).toBe(true);
      expect(newSourceSecret(kind)).not.toBe(made);
    },
  );
});
