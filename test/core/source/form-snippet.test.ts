import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formSnippet } from "../../../core/source/form-snippet.ts";

const given = {
  publicUrl: "https://steps.example",
  source: { name: "shop" },
  course: "medical-records-technician",
  consent: { course: "By signing up you agree that …" },
};

describe("the form for another site", () => {
  it("is the one that the docs show", () => {
    const docs = readFileSync(new URL("../../../docs/forms.md", import.meta.url), "utf8");
    expect(docs).toContain(`\`\`\`html\n${formSnippet(given)}\`\`\``);
  });

  it("posts to its source, whether the service's address ends in a slash or not", () => {
    const snippet = formSnippet({ ...given, publicUrl: "https://steps.example/" });
    expect(snippet).toBe(formSnippet(given));
    expect(snippet).toContain('action="https://steps.example/signup/shop"');
  });

  it("escapes what comes from content", () => {
    const hostile = `"><script>alert(1)</script>`;
    const snippet = formSnippet({ ...given, course: hostile, consent: { course: hostile } });
    expect(snippet).not.toContain("<script>alert");
  });

  it("needs no inline style or script", () => {
    expect(formSnippet(given)).not.toMatch(/style=|\son\w+=|<script>/);
  });
});
