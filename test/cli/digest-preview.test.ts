import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editionOf } from "../../core/digest/edition.ts";
import { handler as admin } from "../../functions/admin/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { adminKey } from "../helpers/campaigns.ts";
import { context } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { tempDir } from "../local/temp-dir.ts";
import { runCli } from "./run-cli.ts";

let service: TestService;
let gateway: Gateway;
let environment: Record<string, string>;
const seenAt = "2027-03-16T08:00:00.000Z";
beforeAll(async () => {
  service = await startService({ at: "2027-03-17T12:00:00.000Z" });
  gateway = await startGateway({
    port: 0,
    clock: service.clock,
    invoke: (event) => admin.with(service.depsOf("admin"))(event as never, context) as never,
    report: (error) => console.error(error),
  });
  environment = { STEPLETTER_URL: gateway.url, STEPLETTER_KEY: await adminKey(service, "viewer") };
  await service.depsOf("poll-feed").feeds.addItem({
    feedId: "coding",
    key: "1",
    title: "New codes",
    url: "https://news.example/1",
    summary: "From October on.",
    topic: "coding",
    source: "The Coding Corner",
    firstSeenAt: seenAt,
    edition: editionOf(seenAt),
  });
});
afterAll(async () => {
  await gateway.close();
  await service.stop();
});

const preview = (...args: string[]) => runCli(["digest", "preview", ...args], environment);

describe("stepletter digest preview", () => {
  it("prints the text of the next digest, and writes the mail where it is told to", async () => {
    const file = join(tempDir(), "digest.html");
    const { code, stdout, stderr } = await preview("--html", file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Subject: The week’s news, March 22, 2027\n");
    expect(stdout).toContain("Edition 2027-W12, still being collected: 1 item.\n");
    expect(stdout).toContain(`The mail is in ${file}.`);
    expect(stdout).toContain("New codes\n  From October on.\n  The Coding Corner · March 16");
    expect(readFileSync(file, "utf8")).toContain(">New codes</a>");
  });

  it("answers programs in JSON, and says where there is nothing", async () => {
    const { stdout } = await preview("--every", "month", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ editions: ["2027-W10", "2027-W11", "2027-W12"], beyond: 0 });
    const file = join(tempDir(), "digest.html");
    expect((await preview("--topics", "privacy", "--every", "month", "--html", file)).stdout).toBe(
      "Editions 2027-W10 to 2027-W12, still being collected: no items. Without news nobody gets a mail.\n",
    );
    expect(existsSync(file)).toBe(false);
  });

  it("has examples in its help", async () => {
    expect((await preview("--help")).stdout).toContain("--topics coding,privacy --html digest.html");
  });

  it("says what is wrong: 1 where it did not work, 2 where it was used wrongly", async () => {
    const topic = await preview("--topics", "gossip");
    expect(topic).toMatchObject({ code: 1, stdout: "" });
    expect(topic.stderr).toContain("--topics: Name topics of these, parted by commas: coding");
    const every = await preview("--every", "day");
    expect(every).toMatchObject({ code: 2, stdout: "" });
    expect(every.stderr).toContain("Allowed choices are week, month");
    const file = await preview("--html", "/nowhere/digest.html");
    expect(file).toMatchObject({ code: 1, stdout: "" });
    expect(file.stderr).toContain("cannot be written");
  });
});
