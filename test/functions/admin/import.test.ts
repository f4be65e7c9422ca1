import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiWith } from "../../helpers/api.ts";
import { adminKey } from "../../helpers/campaigns.ts";
import { keptRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
let api: ReturnType<typeof apiWith>;
beforeAll(async () => {
  service = await startService();
  api = apiWith(service, await adminKey(service));
});
afterAll(() => service.stop());

const path = "/v1/subscribers/import";
const body = {
  lists: ["records"],
  consent: "They ticked the box of our shop.",
  name: "shop",
  rows: [{ address: "ada@example.com", name: "Ada" }, { address: "nobody" }],
};

describe("POST /v1/subscribers/import", () => {
  it("tells of each row what became of it, and never its address", async () => {
    const wanted = {
      outcomes: [{ kind: "new" }, { kind: "invalid", reason: expect.stringContaining("no e-mail") }],
    };
    const before = await keptRows(service);
    expect(await api("POST", path, { ...body, dryRun: true })).toEqual({ status: 200, body: wanted });
    expect(await keptRows(service)).toEqual(before);
    expect(await api("POST", path, body)).toEqual({ status: 200, body: wanted });
    const again = await api("POST", path, body);
    expect(again.body.outcomes).toMatchObject([{ kind: "known" }, { kind: "invalid" }]);
    expect(JSON.stringify(again)).not.toContain("nobody");
  });

  it.each([
    ["an unknown list", { lists: ["sports"] }, 422, { lists: expect.stringContaining("records, digest") }],
    ["no words of consent", { consent: "yes" }, 422, { consent: expect.stringContaining("Say how") }],
    ["no rows", { rows: [] }, 422, { rows: "Send one row at least." }],
    [
      "more than a hundred",
      { rows: Array.from({ length: 101 }, () => ({ address: "a@example.com" })) },
      422,
      { rows: "Send at most 100 rows at a time." },
    ],
    [
      "a field that there is not",
      { list: "records" },
      422,
      { list: expect.stringContaining("no such field") },
    ],
  ])("refuses %s, and writes nothing", async (_, wrong, status, fields) => {
    const before = await keptRows(service);
    expect(await api("POST", path, { ...body, ...wrong })).toMatchObject({
      status,
      body: { code: "import.invalid", fields },
    });
    expect(await keptRows(service)).toEqual(before);
  });

  it("is for owners alone", async () => {
    expect(await apiWith(service, undefined)("POST", path, body)).toMatchObject({ status: 401 });
    const viewer = apiWith(service, await adminKey(service, "viewer"));
    expect(await viewer("POST", path, body)).toMatchObject({ status: 403 });
  });
});
