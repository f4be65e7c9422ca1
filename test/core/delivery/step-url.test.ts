import { describe, expect, it } from "vitest";
import type { Slot } from "../../../core/catalogue.ts";
import { courseLetter } from "../../../core/course/course-letter.ts";
import { composer } from "../../../core/delivery/compose.ts";
import { verifyToken } from "../../../core/token/token.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { keyRing } from "../../helpers/keys.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const publicUrl = "https://steps.example";
const slots: Slot[] = ["progressUrl", "stepUrl"].map((name) => ({ name, as: "text" }) as Slot);
const nothing = { literals: [""], slots: [] };
const button = { subject: nothing, html: nothing, text: { literals: ["", " ", ""], slots } };
const mailing = { kind: "course", course: "records", run: 1, step: "school" } as const;
const composed = (mail = button) =>
  composer(mailing, courseLetter(mailing, catalogue), {
    catalogue: { ...catalogue, mails: { "course/records/school": mail } },
    keys: keyRing,
    publicUrl,
  }).compose(subscriber()).values;

describe("the link of a step's mail", () => {
  it("leads to the step's page, below the progress page, by the same token", () => {
    const { progressUrl_text: progress = "", stepUrl_text: step } = composed();
    expect(step).toBe(`${progress}/courses/records/school`);
    const token = progress.slice(`${publicUrl}/progress/`.length);
    expect(verifyToken(keyRing, "progress", token, "2099-01-01T00:00:00.000Z").status).toBe("valid");
  });
});
