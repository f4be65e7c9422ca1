import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Addresses, Subscribers, Suppressions } from "../../core/ports.ts";
import { subscriber } from "../helpers/subscribers.ts";
import type { UnderTest } from "./under-test.ts";

/** Profiles, claims of addresses and suppressed ones together. */
export interface People {
  addresses: Addresses;
  subscribers: Subscribers;
  suppressions: Suppressions;
}

const at = "2027-03-01T09:00:00.000Z";

/** What profiles and suppressions do, whatever keeps them. */
export function subscribersContract(name: string, start: () => Promise<UnderTest<People>>): void {
  describe(`subscribers, ${name}`, () => {
    let people: People;
    let under: UnderTest<People>;
    beforeAll(async () => {
      under = await start();
      people = under.port;
    });
    afterAll(() => under.stop?.());

    it("keep what was written first, and leave out who is not there", async () => {
      const { subscribers } = people;
      const ada = subscriber({ id: "sub_ada" });
      expect(await subscribers.create(ada)).toBe(true);
      expect(await subscribers.create({ ...ada, name: "Eve" })).toBe(false);
      expect(await subscribers.load("sub_ada")).toEqual(ada);
      expect(await subscribers.load("sub_none")).toBeUndefined();
      expect(await subscribers.loadMany(["sub_ada", "sub_none"])).toEqual(new Map([["sub_ada", ada]]));
    });

    it("change over the revision that was read, once", async () => {
      const { subscribers } = people;
      const bob = subscriber({ id: "sub_bob" });
      await subscribers.create(bob);
      const changes = ["B", "Bo", "Bob"].map((name) => subscribers.replace({ ...bob, name }));
      expect((await Promise.all(changes)).filter(Boolean)).toHaveLength(1);
      expect(await subscribers.load("sub_bob")).toMatchObject({ rev: 2 });
      expect(await subscribers.replace(subscriber({ id: "sub_none" }))).toBe(false);
    });

    it("are due for as long as they have a task", async () => {
      const { subscribers } = people;
      const cyd = subscriber({ id: "sub_cyd", todo: { confirm: at } });
      await subscribers.create(cyd);
      expect(await subscribers.due("2027-03-01T08:59:59.999Z", 1000)).not.toContain("sub_cyd");
      expect(await subscribers.due(at, 1000)).toContain("sub_cyd");
      await subscribers.replace({ ...cyd, todo: {} });
      expect(await subscribers.due(at, 1000)).not.toContain("sub_cyd");
    });

    it("claim an address once; who comes later is told whose it is", async () => {
      const claims = await Promise.all(
        ["sub_1", "sub_2", "sub_3"].map((id) => people.addresses.claim("of-ada", id)),
      );
      expect(new Set(claims).size).toBe(1);
      expect(await people.addresses.claim("of-ada", "sub_4")).toBe(claims[0]);
    });

    it("that are suppressed stay so", async () => {
      const { suppressions } = people;
      expect(await suppressions.has("hash")).toBe(false);
      await suppressions.add("hash", { reason: "bounce", since: at });
      await suppressions.add("hash", { reason: "complaint", since: at });
      expect(await suppressions.has("hash")).toBe(true);
    });
  });
}
