import { describe, expect, it } from "vitest";
import { buildCatalogue } from "../../build/build-catalogue.ts";
import { problemsOf } from "./expect-mistake.ts";
import { sampleSources, withChange } from "./sample-sources.ts";

const file = "content/credentials.yaml";
const credentials = `- id: efr
  name: EFR
  fullName: Emergency First Responder
  body: Red Cross
  url: https://example.org/renew
  cycle: efr-cycle
  hours: efr-hours
  own: { share: efr-share, from: a Red Cross course, cyclesFrom: 2027-01-01 }
- id: nurse
  name: RN
  fullName: Registered Nurse
  body: The board
  url: https://example.org/board
  cycle: efr-cycle
  hours: price
`;
const fact = (id: string, value: string) => `- id: ${id}
  says: A number
  value: "${value}"
  grade: official
  source: https://example.org/${id}
  checkedOn: 2026-11-01
  recheckOn: 2027-11-01
`;
const facts = [fact("efr-cycle", "24 months"), fact("efr-hours", "20"), fact("efr-share", "40 percent")].join(
  "",
);
const withFacts = withChange("content/facts.yaml", "- id: pulse", `${facts}- id: pulse`);
const withCredentials = (text: string) => new Map([...withFacts, [file, text]]);

describe("a mistake in credentials.yaml", () => {
  // biome-ignore format: one mistake a row
  it.each([
    ["a fact that is none", "efr-hours", "efr-days", `${file}:7  efr-days is no known fact`],
    ["a fact that is no number", "hours: efr-hours", "hours: pulse", `${file}:7  The fact pulse says 60 to 100 & more`],
    ["hours for a cycle", "cycle: efr-cycle\n  hours: efr", "cycle: efr-hours\n  hours: efr", `${file}:6  The fact efr-hours says 20: for cycle it has to be a number up to 36, such as 24 months`],
    ["months for a share", "share: efr-share", "share: efr-cycle", `${file}:8  The fact efr-cycle says 24 months: for share`],
    ["an id twice", "id: nurse", "id: efr", `${file}:9  The id efr is that of credential 1 of the list already`],
    ["a number written by hand", "hours: efr-hours", "hours: 20", `${file}:7  [1].hours: give the fact of the hours`],
    ["no address", "https://example.org/renew", "example.org", `${file}:5  [1].url: give the https address`],
    ["no day", "2027-01-01", "January", `${file}:8  [1].own.cyclesFrom: give the day`],
    ["a key that is not known", "body: Red", "board: Red", `${file}:4  [1].board is no known key`],
    ["a fact in a text", "a Red Cross course", '"{fact:pulse}"', `${file}:8  {fact:pulse} cannot stand here`],
  ])("such as %s", async (_, from, to, message) => {
    expect(credentials).toContain(from);
    expect(await problemsOf(withCredentials(credentials.replace(from, to)))).toContainEqual(
      expect.stringContaining(message),
    );
  });

  it("is none in these: numbers come from facts with their source, and one that nobody could verify is left out", async () => {
    const { catalogue } = await buildCatalogue(withCredentials(credentials), "2026-12-01");
    expect(catalogue?.credentials).toEqual([
      {
        id: "efr",
        name: "EFR",
        fullName: "Emergency First Responder",
        body: "Red Cross",
        url: "https://example.org/renew",
        cycleMonths: 24,
        required: { hours: 20, source: "https://example.org/efr-hours", checkedOn: "2026-11-01" },
        own: { percent: 40, from: "a Red Cross course", cyclesFrom: "2027-01-01" },
      },
      {
        id: "nurse",
        name: "RN",
        fullName: "Registered Nurse",
        body: "The board",
        url: "https://example.org/board",
        cycleMonths: 24,
      },
    ]);
    expect((await buildCatalogue(sampleSources, "2026-12-01")).catalogue?.credentials).toEqual([]);
  });
});
