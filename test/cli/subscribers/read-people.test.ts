import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPeople } from "../../../cli/subscribers/import/read-people.ts";
import { collect } from "../../helpers/collect.ts";

const now = "2027-03-01T12:00:00.000Z";
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "stepletter-people-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function peopleIn(text: string) {
  const file = join(directory, "people.csv");
  await writeFile(file, text);
  return collect(readPeople(file, "utf-8", now));
}
async function rowsIn(text: string) {
  return (await peopleIn(text)).map(({ person }) =>
    person.kind === "row" ? { ...person.row, notes: person.notes } : person,
  );
}

describe("a table of people", () => {
  it("of Mailchimp is read as it is exported", async () => {
    const head =
      '"Email Address","First Name","Last Name",Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS';
    const rows = await rowsIn(
      [
        head,
        'ada@example.com,Ada,Lovelace,"1 Long Street, London",4,"2015-03-16 14:38:00",192.0.2.1,"2015-03-16 14:40:47",192.0.2.7,51.5,-0.1,0,1,Europe/London,GB,ENG,"2020-01-01 00:00:00",44877845,c2cb0681af,"called\n""twice""","""VIP Clients"",""spring 2015"""',
        'bob@example.com,,,,2,"2016-01-01 10:00:00",,,,,,,,,,,"2020-01-01 00:00:00",44877846,c2cb0681b0,,',
      ].join("\r\n"),
    );
    expect(rows).toEqual([
      {
        address: "ada@example.com",
        name: "Ada Lovelace",
        zone: "Europe/London",
        tags: ["vip-clients", "spring-2015"],
        topics: [],
        agreedAt: "2015-03-16T14:40:47.000Z",
        network: "192.0.2.7",
        notes: [],
      },
      {
        ...{ address: "bob@example.com", name: "", zone: undefined, tags: [], topics: [] },
        ...{ agreedAt: "2016-01-01T10:00:00.000Z", network: undefined, notes: [] },
      },
    ]);
  });

  it.each([
    [
      "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON",
      '"2019-05-01 10:00:00",News,NORMAL',
      "left on 2019-05-01",
    ],
    [
      "CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID",
      '"2019-05-01 10:00:00",News,1',
      "left on 2019-05-01",
    ],
  ])("of Mailchimp with %s joins nobody", async (head, cells, reason) => {
    const rows = await rowsIn(`Email Address,First Name,Last Name,${head}\nada@example.com,Ada,L,${cells}`);
    expect(rows).toEqual([{ kind: "unsubscribed", reason: expect.stringContaining(reason) }]);
  });

  it("of listmonk is read as it is exported, and who is blocklisted or disabled there is not joined", async () => {
    const time = "2024-05-01 10:00:00.123456 +0000 UTC";
    const rows = await rowsIn(
      [
        "uuid,email,name,attributes,status,created_at,updated_at",
        `0f1e,ada@example.com,Ada,"{""city"": ""London""}",enabled,${time},${time}`,
        `0f1f,bob@example.com,Bob,{},blocklisted,${time},${time}`,
        `0f20,cyn@example.com,Cyn,{},disabled,${time},${time}`,
      ].join("\n"),
    );
    expect(rows).toMatchObject([
      // When a row was made is no consent.
      { address: "ada@example.com", name: "Ada", agreedAt: undefined, notes: [] },
      { kind: "unsubscribed", reason: 'The file says that they are "blocklisted".' },
      { kind: "unsubscribed", reason: 'The file says that they are "disabled".' },
    ]);
  });

  it("of listmonk's subscriptions tells by list who has left it", async () => {
    const head = "email,name,status,subscription_status";
    const statuses = ["confirmed", "unconfirmed", "unsubscribed"];
    const text = [head, ...statuses.map((status) => `a@example.com,A,enabled,${status}`)].join("\n");
    expect((await peopleIn(text)).map(({ person }) => person.kind)).toEqual([
      "row",
      "unsubscribed",
      "unsubscribed",
    ]);
  });

  it("may be addresses alone, have no names, or begin with Excel's word on its columns", async () => {
    expect(await rowsIn("ada@example.com\n\nbob@example.com\n")).toMatchObject([
      { address: "ada@example.com" },
      { address: "bob@example.com" },
    ]);
    expect(await rowsIn("7;ada@example.com\n8;bob@example.com")).toMatchObject([
      { address: "ada@example.com", name: "" },
      { address: "bob@example.com" },
    ]);
    expect(await rowsIn("sep=;\nName;E-Mail\nAda;ada@example.com")).toMatchObject([
      { address: "ada@example.com", name: "Ada" },
    ]);
    await expect(rowsIn("Name,City\nAda,London")).rejects.toThrow("No column has addresses");
    await expect(rowsIn("\n\n")).rejects.toThrow("No column has addresses");
  });

  it("keeps who has an address, and leaves out what cannot be read beside it", async () => {
    const rows = await rowsIn(
      'email,name,timezone,tags,topics,confirmed at,ip\nada@example.com,\'=Ada,Mars,"A B, !","coding;sports",yes,192.0.2.1',
    );
    expect(rows).toEqual(
      [
        {
          ...{ address: "ada@example.com", name: "=Ada", zone: undefined, tags: ["a-b"], topics: ["coding"] },
          ...{ agreedAt: undefined, network: undefined },
          notes: ["zone", "tags", "topics", "agreedAt"].toSorted(),
        },
      ].map((row) => ({ ...row, notes: expect.arrayContaining(row.notes) })),
    );
  });

  it("tells of a malformed row its line and the reason, and reads the others", async () => {
    const long = "x".repeat(121);
    const text = [
      "email,name",
      'ada@example.com,"Ada',
      "bob@example.com,Bob",
      "cyn@example.com,Cyn,more",
      "nobody,Nobody",
      `dan@example.com,${long}`,
      'eve@example.com,"Eve\nof two lines"',
      'fay@example.com,"Fay"x',
      "gus@example.com,Gus",
    ].join("\n");
    const people = await peopleIn(text);
    expect(
      people.map(({ line, person }) => [line, person.kind === "row" ? person.row.address : person]),
    ).toEqual([
      [2, { kind: "invalid", reason: expect.stringContaining("A quote is opened on this line") }],
      [3, "bob@example.com"],
      [4, { kind: "invalid", reason: "It has 3 columns, not 2." }],
      [5, { kind: "invalid", reason: expect.stringContaining("no e-mail address") }],
      [6, { kind: "invalid", reason: expect.stringContaining("at most 120") }],
      [7, { kind: "invalid", reason: expect.stringContaining("A quote is opened on this line") }],
      [8, { kind: "invalid", reason: expect.stringContaining("A quote is opened on this line") }],
      [9, { kind: "invalid", reason: expect.stringContaining("A quote stands where none belongs") }],
      [10, "gus@example.com"],
    ]);
  });

  it("never crashes the reader, whatever is in it", async () => {
    const part = fc.oneof(
      fc.string({ unit: "binary", maxLength: 10 }),
      fc.constantFrom('"', ",", ";", "\n", "\r\n", "ada@example.com", "'=1+1", "2020-01-01", "unsubscribed"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (parts) => {
        const text = `email,name,status,tags,confirmed at\n${parts.join("")}`;
        for (const { person } of await peopleIn(text))
          if (person.kind === "row") expect(person.row.address).toMatch(/@/);
          else expect(person.reason).toMatch(/^[^\p{Cc}]{1,200}$/u);
      }),
      { numRuns: 200 },
    );
  });
});
