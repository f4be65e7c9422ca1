import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { finishErasing } from "../../../core/person/finish-erasing.ts";
import { hashAddress } from "../../../core/subscriber/address.ts";
import { forgetRequest } from "../../../core/subscriber/forget.ts";
import { signUp } from "../../../core/subscriber/sign-up.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { addDays, addMinutes } from "../../../core/time/instant.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

const start = "2027-03-01T12:00:00.000Z";
const due = addDays(start, 30);
let service: TestService;
beforeAll(async () => {
  service = await startService({ at: start });
});
afterAll(() => service.stop());

type Ports = Pick<TestService["deps"], "addresses" | "claims" | "persons" | "subscribers">;

/** The ports, which do something else before or after the nth call, whichever it is. */
function disturbed(deps: Ports, disturb: (call: number, name: string) => Promise<void>): Ports {
  let calls = 0;
  const wrap = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return async (...given: unknown[]) => {
          await disturb(++calls, String(name));
          return Reflect.apply(method, target, given);
        };
      },
    });
  return {
    addresses: wrap(deps.addresses),
    claims: wrap(deps.claims),
    persons: wrap(deps.persons),
    subscribers: wrap(deps.subscribers),
  };
}

const asking = (email: string) => ({
  email,
  name: "Ada",
  zone: "Europe/London",
  course: "records",
  digest: false,
  reminders: false,
  source: "form",
  network: "192.0.2.7",
});

async function unconfirmed(email: string): Promise<Subscriber> {
  service.clock.set(start);
  await signUp(service.depsOf("http"), asking(email));
  const known = (await people(email)).at(0);
  service.clock.set(due);
  if (!known) throw new Error("Nobody signed up");
  return known;
}

/** All whose rows bear this address. */
async function people(email: string): Promise<Subscriber[]> {
  const rows = await allRows(service);
  const ids = rows.filter((row) => row.address === email).map((row) => String(row.pk).slice("SUB#".length));
  return Promise.all(ids.map(async (id) => (await service.deps.subscribers.load(id)) as Subscriber));
}

async function ownerOf(email: string): Promise<string | undefined> {
  const { hash } = await service.deps.keys.ring();
  return service.deps.claims.find(hashAddress(hash, email));
}

async function forget(ports: Ports, id: string): Promise<void> {
  const deps = { ...service.depsOf("dispatch"), ...ports };
  const load = async () => (await service.deps.subscribers.load(id)) as Subscriber | undefined;
  const first = await load();
  if (first) await forgetRequest(deps, first);
  service.clock.set(addMinutes(service.clock.now(), 10));
  const then = await load();
  if (then) await finishErasing(deps, then);
}

/** One person, whom the address leads to, who waits for a confirmation. */
async function expectOne(email: string): Promise<void> {
  const all = await people(email);
  expect(all.map(({ id }) => id)).toEqual([await ownerOf(email)]);
  expect(all[0]?.lists.records?.state).toBe("wanted");
  expect(all[0]?.todo.erase).toBeUndefined();
  expect(all[0]?.confirmationsAt.at(-1)?.slice(0, 10)).toBe(due.slice(0, 10));
}

describe("a signup at the moment at which the earlier request is forgotten", () => {
  const moments = Array.from({ length: 14 }, (_, index) => index + 1);

  it.each(moments)("is not lost, nor locked out, before call %i of forgetting", async (moment) => {
    const email = `forgetting${moment}@example.com`;
    const { id } = await unconfirmed(email);
    let signedUp = false;
    const signUpNow = async () => {
      signedUp = true;
      await signUp(service.depsOf("http"), asking(email));
    };
    const ports = disturbed(service.depsOf("dispatch"), async (call) => {
      if (call === moment) await signUpNow();
    });
    await forget(ports, id);
    if (!signedUp) await signUpNow();
    await expectOne(email);
  });

  it.each(moments)(
    "is not lost, nor locked out, where forgetting passes before its call %i",
    async (moment) => {
      const email = `signing-up${moment}@example.com`;
      const { id } = await unconfirmed(email);
      const ports = disturbed(service.depsOf("http"), async (call) => {
        if (call !== moment) return;
        const left = (await service.deps.subscribers.load(id)) as Subscriber;
        await forgetRequest(service.depsOf("dispatch"), left);
      });
      await signUp({ ...service.depsOf("http"), ...ports }, asking(email));
      await expectOne(email);
      // And nothing was written onto a row that goes.
      const left = await service.deps.subscribers.load(id);
      if (left?.forgottenAt !== undefined) expect(Object.keys(left.todo)).toEqual(["erase"]);
    },
  );

  it.each(moments)("finds the address free after forgetting died before its call %i", async (moment) => {
    const email = `died${moment}@example.com`;
    const { id } = await unconfirmed(email);
    const ports = disturbed(service.depsOf("dispatch"), async (call) => {
      if (call >= moment) throw new AppError("unavailable", "test.died", "died");
    });
    await forget(ports, id).catch(() => {});
    service.clock.set(due);
    await signUp(service.depsOf("http"), asking(email));
    await expectOne(email);
    // And what died goes on, whoever has signed up meanwhile.
    await forget(service.depsOf("dispatch"), id);
    await expectOne(email);
  });

  it.each(moments)(
    "and nothing is left of one that nobody repeats, wherever it died: call %i",
    async (moment) => {
      const email = `nobody${moment}@example.com`;
      const { id } = await unconfirmed(email);
      const ports = disturbed(service.depsOf("dispatch"), async (call) => {
        if (call === moment) throw new AppError("unavailable", "test.died", "died");
      });
      await forget(ports, id).catch(() => {});
      for (let minute = 0; minute < 3; minute++) await forget(service.depsOf("dispatch"), id);
      expect([await people(email), await ownerOf(email)]).toEqual([[], undefined]);
      expect(await service.deps.subscribers.load(id)).toBeUndefined();
    },
  );
});
