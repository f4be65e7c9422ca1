import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sending } from "../../core/account/account-ports.ts";
import { beginStop, probeStop } from "../../core/account/stop.ts";
import type { UnderTest } from "./under-test.ts";

const at = "2027-03-01T09:00:00.000Z";

/** What the state of sending does, whatever keeps it. It begins without a row. */
export function sendingContract(name: string, start: () => Promise<UnderTest<Sending>>): void {
  describe(`the state of sending, ${name}`, () => {
    let sending: Sending;
    let under: UnderTest<Sending>;
    beforeAll(async () => {
      under = await start();
      sending = under.port;
    });
    afterAll(() => under.stop?.());

    it("changes over what was read, once", async () => {
      const { table } = sending;
      expect(await sending.load()).toBeUndefined();
      const begun = await Promise.all([1, 2, 3].map(() => sending.replace(undefined, { table })));
      expect(begun.filter(Boolean)).toHaveLength(1);
      expect(await sending.replace(undefined, { table })).toBe(false);
      expect(await sending.replace({ table, heldAt: at }, { table })).toBe(false);
      expect(await sending.replace({ table }, { table, heldAt: at })).toBe(true);
      expect(await sending.load()).toEqual({ table, heldAt: at });
      expect(await sending.loadFor("digest_2027-W10")).toEqual({ state: { table, heldAt: at } });
    });

    it("keeps the stop of a mailing, which changes over what was read, and ends", async () => {
      const mailing = "campaign_news";
      const stop = beginStop({ cause: "setup", code: "BadRequestException" }, at);
      expect(await sending.replaceStop(mailing, undefined, stop)).toBe(true);
      expect(await sending.replaceStop(mailing, undefined, stop)).toBe(false);
      expect((await sending.loadFor(mailing)).stop).toEqual(stop);
      expect((await sending.loadFor("campaign_other")).stop).toBeUndefined();
      const probed = probeStop(stop, "2027-03-01T09:05:00.000Z");
      expect(await sending.replaceStop(mailing, stop, probed)).toBe(true);
      expect(await sending.replaceStop(mailing, stop, undefined)).toBe(false);
      expect(await sending.stoppedMailings()).toEqual([{ mailing, stop: probed }]);
      expect(await sending.replaceStop(mailing, probed, undefined)).toBe(true);
      expect((await sending.loadFor(mailing)).stop).toBeUndefined();
      expect(await sending.stoppedMailings()).toEqual([]);
      expect(await sending.replaceStop(mailing, undefined, stop)).toBe(true);
    });
  });
}
