import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Permission, service } from "../../../infra/service.ts";
import { allProbes, type Probe } from "./probes.ts";
import { isLetThrough, startGuarded } from "./servers.ts";

const functions = Object.entries(service.functions) as [string, { permissions: readonly Permission[] }][];
const queues = Object.keys(service.queues);

/** What is listed, told without the code under test. */
function isListed(name: string, { action, on, keyed }: Probe, pk: string): boolean {
  const permissions = functions.find(([other]) => other === name)?.[1].permissions ?? [];
  return permissions.some(
    (permission) =>
      permission.on === on &&
      permission.actions.includes(action) &&
      (!permission.rowsOf || (keyed === true && pk.startsWith(permission.rowsOf))),
  );
}

describe("the local endpoints", () => {
  it("let a function do exactly what the manifest lists for it", async () => {
    const { endpoints, as } = await startGuarded();
    for (const [name] of functions)
      for (const probe of allProbes(endpoints, queues))
        expect(await isLetThrough(probe.run(as(name), "SUB#a")), `${name} ${probe.name}`).toBe(
          isListed(name, probe, "SUB#a"),
        );
  });

  it("let a function do exactly that, whichever row it is about", async () => {
    const { endpoints, as } = await startGuarded();
    const anything = fc.record({
      name: fc.constantFrom(...functions.map(([name]) => name)),
      probe: fc.constantFrom(...allProbes(endpoints, queues)),
      pk: fc.constantFrom("FEED#a", "SUB#a", "FEED", "ADMIN#FIRST", "XFEED#a"),
    });
    await fc.assert(
      fc.asyncProperty(anything, async ({ name, probe, pk }) => {
        expect(await isLetThrough(probe.run(as(name), pk))).toBe(isListed(name, probe, pk));
      }),
      { numRuns: 200 },
    );
  });

  it("refuse what any single line of the manifest grants once it is taken away, and nothing else grants it", async () => {
    const { manifest, endpoints, as } = await startGuarded();
    const probes = allProbes(endpoints, queues);
    let tried = 0;
    for (const [name, { permissions }] of Object.entries(manifest.functions)) {
      for (const permission of permissions) {
        for (const action of [...permission.actions]) {
          const probe = probes.find((one) => one.action === action && one.on === permission.on);
          if (!probe) throw new Error(`No probe does ${action} on ${permission.on}`);
          const pk = `${permission.rowsOf ?? "SUB#"}a`;
          expect(await isLetThrough(probe.run(as(name), pk)), `${name} ${probe.name}`).toBe(true);
          permission.actions = permission.actions.filter((other) => other !== action);
          expect(await isLetThrough(probe.run(as(name), pk)), `${name} ${probe.name}`).toBe(false);
          permission.actions.push(action);
          tried += 1;
        }
      }
    }
    expect(tried).toBe(
      functions.flatMap(([, one]) => one.permissions.flatMap(({ actions }) => actions)).length,
    );
  });

  it("let an operator and the runtime do everything", async () => {
    const { endpoints, as } = await startGuarded();
    for (const probe of allProbes(endpoints, queues)) {
      for (const key of ["operator", "runtime"])
        expect(await isLetThrough(probe.run(as(key), "SUB#a")), `${key} ${probe.name}`).toBe(true);
    }
  });

  it("let nobody in whose key is unknown", async () => {
    const { endpoints, as } = await startGuarded();
    for (const probe of allProbes(endpoints, queues)) {
      for (const key of ["constructor", "AKIAIOSFODNN7EXAMPLE"])
        await expect(probe.run(as(key), "FEED#a"), probe.name).rejects.toMatchObject({
          name: expect.stringMatching(/^(UnrecognizedClientException|InvalidClientTokenId)$/),
          message: "The security token included in the request is invalid.",
        });
    }
  });
});
