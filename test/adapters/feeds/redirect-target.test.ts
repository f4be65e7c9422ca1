import { describe, expect, it } from "vitest";
import { redirectTarget } from "../../../adapters/feeds/redirect-target.ts";

const secure = new URL("https://a.example/feeds/old");
const plain = new URL("http://a.example/feeds/old");

describe("the target of a redirect", () => {
  it("is never less secure than where it comes from", () => {
    expect(() => redirectTarget(secure, "http://a.example/new")).toThrow("downgrade");
    expect(redirectTarget(secure, "//b.example/new")).toBe("https://b.example/new");
    expect(redirectTarget(plain, "https://a.example/new")).toBe("https://a.example/new");
    expect(redirectTarget(plain, "../new")).toBe("http://a.example/new");
  });
});
