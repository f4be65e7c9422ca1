import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays } from "../../../core/time/instant.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, linkToken, received, sendAll, signUp, tick } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
beforeEach(() => service.clock.set(start));
afterAll(() => service.stop());

const post = async (path: string, token: string) => {
  const answer = await handler.with(service.depsOf("http"))(formPost(path, { token }), context);
  await sendAll(service);
  return answer;
};
const get = (token: string) =>
  handler.with(service.depsOf("http"))(httpEvent({ path: `/confirm/${token}` }), context);

describe("who comes with a link of eight days ago", () => {
  it("is told what happened, and gets a new one by a button", async () => {
    await signUp(service, "late@example.com");
    const token = await linkToken(service, "late@example.com", "confirm");
    service.clock.set(addDays(start, 8));
    const before = await allRows(service);
    for (const answer of [await get(token), await post("/confirm", token)]) {
      expect(answer.statusCode).toBe(410);
      expect(answer.body).toContain('<form method="post" action="/confirm/again">');
    }
    expect(await allRows(service)).toEqual(before);

    expect((await post("/confirm/again", token)).statusCode).toBe(202);
    expect(received(service, "late@example.com")).toEqual(["confirm_2027-03-01_1", "confirm_2027-03-09_1"]);
    const fresh = await linkToken(service, "late@example.com", "confirm");
    expect((await post("/confirm", fresh)).body).toContain("You are on the list");
  });

  it("gets the same answer whatever becomes of it, and no more mails than the caps allow", async () => {
    await signUp(service, "caps@example.com");
    const token = await linkToken(service, "caps@example.com", "confirm");
    const gone = await signUp(service, "gone@example.com");
    const orphan = await linkToken(service, "gone@example.com", "confirm");
    service.clock.set(addDays(start, 8));
    const first = await post("/confirm/again", token);
    const second = await post("/confirm/again", token);
    const known = await service.deps.subscribers.load(gone);
    if (known) await service.deps.subscribers.replace({ ...known, lists: {}, todo: {} });
    const third = await post("/confirm/again", orphan);
    expect([second, third].map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [first.statusCode, first.body],
      [first.statusCode, first.body],
    ]);
    expect(received(service, "caps@example.com")).toHaveLength(2);
    expect(received(service, "gone@example.com")).toHaveLength(1);
    for (const days of [9, 10, 11]) {
      service.clock.set(addDays(start, days));
      await post("/confirm/again", token);
    }
    expect(received(service, "caps@example.com")).toHaveLength(3);
  });

  it("is told how to sign up where nothing is kept any more", async () => {
    const id = await signUp(service, "forgotten@example.com");
    const token = await linkToken(service, "forgotten@example.com", "confirm");
    for (const days of [1, 30, 31]) {
      service.clock.set(addDays(start, days));
      await tick(service);
    }
    expect(await service.deps.subscribers.load(id)).toBeUndefined();
    const page = await get(token);
    expect(page.statusCode).toBe(410);
    expect(page.body).toContain("Sign up again on the front page");
  });

  it("and has confirmed long since is told that all is well", async () => {
    await join(service, "fine@example.com");
    const token = await linkToken(service, "fine@example.com", "confirm");
    service.clock.set(addDays(start, 8));
    for (const answer of [await get(token), await post("/confirm", token)])
      expect(answer.body).toContain("You are confirmed already");
  });

  it("cannot make one up", async () => {
    const before = await allRows(service);
    expect((await post("/confirm/again", "k1.sub_1.all.1.AAAAAAAAAAAAAAAAAAAAAA")).statusCode).toBe(403);
    expect(await allRows(service)).toEqual(before);
  });
});
