import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../helpers/world.ts";
import { readerOf } from "../helpers/world-reader.ts";

const ada = "ada@example.com";
const eve = "eve@example.net";

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.close());

/** Follows every link of a mail, twice, as scanners of mailboxes do before anybody has seen it. */
async function scan(links: string[]): Promise<void> {
  expect(links.length).toBeGreaterThan(0);
  for (const link of [...links, ...links]) {
    const answer = await fetch(link, { redirect: "manual" });
    expect(answer.status, new URL(link).pathname.split("/")[1]).toBeLessThan(500);
    await answer.text();
  }
}

describe("A scanner that opens every link of every mail, twice, before its reader", () => {
  it("changes no row and locks nobody out", async () => {
    const reader = readerOf(world, ada);
    const scanned = async (kind: string) => {
      const mail = await world.mail(ada, kind);
      const before = await world.rows();
      await scan(world.linksIn(mail));
      expect(await world.rows(), kind).toEqual(before);
    };

    await reader.signUp({ digest: "on" });
    await scanned("confirm");
    await world.afterHours(25);
    expect(world.count(ada, "confirm")).toBe(2);
    await scanned("confirm");
    await reader.confirm();
    await scanned("course");

    await reader.press("progress/dates", { kind: "exam", date: "2027-03-20" });
    await world.until("2027-03-05T20:00:00.000Z");
    await scanned("course");
    await world.until("2027-03-18T20:00:00.000Z");
    await scanned("nudge");
    await scanned("deadline");

    await reader.press("progress/data", {});
    await scanned("access");
    await reader.pressAccount("address", { email: "ada.new@example.org" });
    await world.runtime.idle();
    const toNew = await world.mail("ada.new@example.org", "address");
    const before = await world.rows();
    await scan(world.linksIn(toNew));
    expect(await world.rows()).toEqual(before);

    // Its reader is still let in everywhere.
    await reader.press("progress", { course: world.course, step: "school" });
    expect(await reader.page("progress")).toContain("1 of 6 steps done");
    await reader.unsubscribe();
    expect((await reader.profile())?.lists[world.course]?.state).toBe("left");
  }, 120_000);
});

describe("Somebody to whom a step was forwarded", () => {
  it("cannot take out, move or erase anything with all of its links", async () => {
    const reader = readerOf(world, eve);
    await reader.signUp({});
    await reader.confirm();
    await world.afterHours(24 * 5);
    const mail = await world.mail(eve, "course");
    const tokens = world
      .linksIn(mail)
      .flatMap((link) => new URL(link).pathname.split("/").filter((part) => part.split(".").length === 5));
    expect(tokens.length).toBeGreaterThan(1);
    const before = await world.rows();
    const doors: [string, Record<string, string>][] = [
      ["account/export", {}],
      ["account/address", { email: "thief@example.com" }],
      ["account/erase", { sure: "on" }],
      ["address", {}],
    ];
    for (const token of new Set(tokens)) {
      for (const [path, fields] of doors) {
        const answer = await fetch(`${world.app}/${path}`, {
          method: "POST",
          body: new URLSearchParams({ token, ...fields }),
        });
        expect([403, 410], path).toContain(answer.status);
        expect(await answer.text()).not.toContain(eve);
      }
      for (const page of ["account", "address", "confirm"]) {
        const answer = await fetch(`${world.app}/${page}/${token}`);
        expect(answer.status, page).toBe(403);
      }
    }
    expect(await world.rows()).toEqual(before);
  }, 60_000);
});
