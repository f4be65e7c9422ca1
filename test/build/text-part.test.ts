import { describe, expect, it } from "vitest";
import { checklistTable } from "../../build/mail-fragments.ts";
import { textPart } from "../../build/text-part.ts";

describe("the text part", () => {
  it("draws no line under a heading whose length only the reader's value tells", () => {
    expect(textPart("<h1>{{title}}</h1><p>x</p>")).toBe("{{title}}\n\nx\n");
  });

  it("underlines headings", () => {
    expect(textPart("<h1>Title</h1><p>a</p><h2>Part two</h2><p>b</p>")).toBe(
      "Title\n=====\n\na\n\nPart two\n--------\n\nb\n",
    );
  });

  it("writes links with their address, once", () => {
    expect(textPart('<p>See <a href="https://x.org/a">this</a>.</p>')).toBe("See this (https://x.org/a).\n");
    expect(textPart('<a href="https://x.org/a">https://x.org/a</a>')).toBe("https://x.org/a\n");
    expect(textPart('<a href="{{publicUrl}}/a">b</a>')).toBe("b ({{publicUrl}}/a)\n");
  });

  it("writes the checklist with boxes to tick", () => {
    const long = "Ask the library and the college whether they run free classes in the evening";
    const checklist = [
      { id: "a", text: "Sit <down>" },
      { id: "b", text: long },
    ];
    expect(textPart(checklistTable(checklist))).toBe(
      "Your checklist\n--------------\n\n[ ] Sit <down>\n[ ] Ask the library and the college whether they run free classes in the\n    evening\n",
    );
  });

  it("wraps at 72 signs, but never an address", () => {
    const url = `https://example.org/${"a".repeat(90)}`;
    const lines = textPart(`<p>${"word ".repeat(60)}<a href="${url}">here</a></p>`).split("\n");
    expect(lines.find((line) => line.length > 72)).toContain(url);
    expect(lines.filter((line) => line.length > 72)).toHaveLength(1);
  });

  it("leaves out what is for eyes only", () => {
    expect(
      textPart('<div style="display:none;font-size:1px">Pre</div><p>a</p><p class="html-only">b</p>'),
    ).toBe("a\n");
  });

  it("lays tables of data out by column", () => {
    const table =
      '<table class="data"><tr><th>Exam</th><th>Items</th></tr><tr><td>CCA</td><td>105</td></tr></table>';
    expect(textPart(table)).toBe("EXAM   ITEMS\nCCA    105\n");
  });
});
