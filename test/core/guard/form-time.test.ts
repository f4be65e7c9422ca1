import fc from "fast-check";
import { expect, it } from "vitest";
import { openForm, wasOpenAWhile } from "../../../core/guard/form-time.ts";
import { toInstant, toMilliseconds } from "../../../core/time/instant.ts";
import { keyRing } from "../../helpers/keys.ts";

it("a form counts as open from two seconds on, for less than a day, for its own source alone", async () => {
  const start = toMilliseconds("2027-03-01T12:00:00.000Z");
  const day = 24 * 60 * 60 * 1000;
  const sources = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);
  const keys = { ring: async () => keyRing };
  await fc.assert(
    fc.asyncProperty(
      sources,
      sources,
      fc.integer({ min: -day, max: 2 * day }),
      async (source, other, passed) => {
        const started = openForm(keyRing, source, toInstant(start));
        const now = toInstant(start + passed);
        expect(await wasOpenAWhile(keys, source, started, now)).toBe(passed >= 2000 && passed < day);
        if (other !== source) expect(await wasOpenAWhile(keys, other, started, now)).toBe(false);
      },
    ),
    {
      examples: [
        ["a", "b", 2000],
        ["a", "b", 1999],
        ["a", "b", day],
        ["a", "b", day - 1],
      ],
    },
  );
});
