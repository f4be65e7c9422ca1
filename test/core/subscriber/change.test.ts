import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { subscriber } from "../../helpers/subscribers.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe("a change of a subscriber", () => {
  it("is not lost when others change the row at the same time", async () => {
    const { subscribers } = service.deps;
    await subscribers.create(subscriber({ id: "sub_race", name: "" }));
    const letters = ["a", "b", "c"];
    await Promise.all(
      letters.map((letter) =>
        changeSubscriber(subscribers, "sub_race", (known) => ({ ...known, name: known.name + letter })),
      ),
    );
    expect([...((await subscribers.load("sub_race"))?.name ?? "")].sort()).toEqual(letters);
  });

  it("that keeps losing says so, as a failure worth trying again", async () => {
    const subscribers = { ...service.deps.subscribers, replace: async () => false };
    await subscribers.create(subscriber({ id: "sub_busy" }));
    await expect(changeSubscriber(subscribers, "sub_busy", (known) => known)).rejects.toMatchObject({
      kind: "unavailable",
      code: "subscriber.contended",
    });
  });

  it("of nobody is nothing", async () => {
    expect(await changeSubscriber(service.deps.subscribers, "sub_nobody", (known) => known)).toBeUndefined();
  });
});
