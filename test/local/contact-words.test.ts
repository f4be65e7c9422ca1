import { expect, it } from "vitest";
import { contactWords } from "../../local/contact-words.ts";

it("asks for a contact of one's own while it is the sample's, and then no more", () => {
  expect(contactWords("hello@stepletter.example")).toBe(
    "see hello@stepletter.example as our contact: put your own into content/site.yaml (replyTo)",
  );
  expect(contactWords("hello@clinic.example")).toBeUndefined();
});
