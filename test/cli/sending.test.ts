import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoSubscribers } from "../../adapters/dynamodb/subscribers.ts";
import { beginStop } from "../../core/account/stop.ts";
import { service as manifest } from "../../infra/service.ts";
import { ensureTable } from "../../local/dynamodb.ts";
import { writeEnvironment } from "../../local/environment-file.ts";
import { tableOf } from "../helpers/rows.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { member, subscriber } from "../helpers/subscribers.ts";
import { runCli } from "./run-cli.ts";

let service: TestService;
let data: string;
beforeAll(async () => {
  service = await startService({ at: "2026-01-01T00:00:00.000Z" });
  data = await mkdtemp(join(tmpdir(), "stepletter-sending-"));
  writeEnvironment(data, service.environment);
});
afterAll(async () => {
  await service.stop();
  await rm(data, { recursive: true, force: true });
});

const sending = (...args: string[]) => runCli(["sending", ...args, "--data", data]);
const status = async () => JSON.parse((await sending("status", "--json")).stdout);

describe("stepletter sending", () => {
  it("holds and resumes, and tells how it stands", async () => {
    expect(await status()).toEqual({ held: null, table: "stepletter" });
    expect((await sending("hold")).stdout).toContain("Sending is held since 20");
    expect(await status()).toMatchObject({ held: "held", heldAt: expect.any(String) });
    expect((await sending("status")).stdout).toContain("stepletter sending resume");
    expect((await sending("resume")).stdout).toContain("Mail may go.");
    expect((await sending("resume")).stdout).toContain("already");
    expect((await sending("status")).stdout).toBe("Mail may go.\n");
  });

  it("tells what SES stopped, for everybody and of one mailing: the cause, since when, and the next probe", async () => {
    const { sending: stored } = service.deps;
    const stop = beginStop({ cause: "pause", code: "SendingPausedException" }, "2026-01-01T00:00:00.000Z");
    const was = await stored.load();
    await stored.replace(was, { table: "stepletter", ...was, stop });
    await stored.replaceStop("digest_2027-W10", undefined, {
      ...stop,
      cause: "setup",
      code: "mail.bad-link",
    });
    const { stdout } = await sending("status");
    expect(stdout).toContain(
      "Sending is stopped: SES has paused or suspended sending (SendingPausedException)",
    );
    expect(stdout).toContain(
      "since 2026-01-01T00:00:00.000Z; the next probe is due at 2026-01-01T00:05:00.000Z",
    );
    expect(stdout).toContain("The mailing digest_2027-W10 is stopped: something that sending needs");
    expect(await status()).toMatchObject({
      stop: { cause: "pause" },
      stopped: [{ mailing: "digest_2027-W10", stop: { cause: "setup" } }],
    });
    await stored.replace(await stored.load(), { table: "stepletter" });
    await stored.replaceStop(
      "digest_2027-W10",
      { ...stop, cause: "setup", code: "mail.bad-link" },
      undefined,
    );
    expect(await status()).toEqual({ held: null, table: "stepletter" });
  });

  it("after a restore says what to do next, and refuses to resume before dispatch has run", async () => {
    await service.deps.sending.replace(await service.deps.sending.load(), { table: "lost" });
    expect(await status()).toMatchObject({ held: "restored" });
    expect((await sending("status")).stdout).toContain("stepletter sending replay --from lost");
    const refused = await sending("resume");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("try again at 20");
    await service.deps.sending.replace(
      { table: "lost" },
      { table: "lost", copyNoticedAt: "2026-01-01T00:00:00.000Z" },
    );
    const resumed = await sending("resume");
    expect(resumed).toMatchObject({ code: 0, stderr: "" });
    expect(resumed.stdout).toContain("settled as unknown");
    expect(await status()).toMatchObject({ held: null, table: "stepletter", doubtUntil: expect.any(String) });
  });

  it("replays departures from the table that was lost", async () => {
    const { table, client, close } = tableOf(service);
    await ensureTable(client, "lost", manifest.table);
    await dynamoSubscribers({ ...table, name: "lost" }).create(subscriber(member("left")));
    close();
    await service.deps.subscribers.create(subscriber(member("joined")));
    expect((await sending("replay", "--from", "lost")).stdout).toContain(
      "0 suppressed addresses and 1 people",
    );
    expect(await service.deps.subscribers.load("sub_1")).toMatchObject(member("left"));
  });

  it("says what is wrong with the table that it is to replay from", async () => {
    expect((await sending("replay")).code).toBe(2);
    const same = await sending("replay", "--from", "stepletter");
    expect(same).toMatchObject({ code: 2, stderr: expect.stringContaining("is the table in use") });
    const none = await sending("replay", "--from", "never-was");
    expect(none.code).toBe(1);
  });
});
