import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readUnsubscribeMailbox } from "../../infra/unsubscribe-mailbox.ts";
import { tempDir } from "../local/temp-dir.ts";

function siteOf(yaml: string): string {
  const root = tempDir();
  mkdirSync(join(root, "content"));
  writeFileSync(join(root, "content/site.yaml"), yaml);
  return root;
}

it("the mailbox that mail is received for is the one that mails name", () => {
  const yaml = "name: Letters\nunsubscribeMailbox: leave@in.example.org   # the mailto\n";
  expect(readUnsubscribeMailbox(siteOf(yaml))).toBe("leave@in.example.org");
});

it.each(["name: Letters\n", "unsubscribeMailbox: leave\n", "unsubscribeMailbox: [a@b.org]\n", "7", ""])(
  "no rule is made for %j",
  (yaml) => {
    expect(() => readUnsubscribeMailbox(siteOf(yaml))).toThrow("names no unsubscribeMailbox");
  },
);
