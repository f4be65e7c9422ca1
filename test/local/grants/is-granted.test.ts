import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Permission, type ServiceManifest, service } from "../../../infra/service.ts";
import { isGranted } from "../../../local/grants/is-granted.ts";

const manifest: ServiceManifest = service;
const listed = Object.entries(manifest.functions).flatMap(([name, { permissions }]) =>
  permissions.flatMap(({ on, actions, rowsOf }) => actions.map((action) => ({ name, on, action, rowsOf }))),
);
const unique = <T>(values: T[]) => [...new Set(values)];
const names = [...Object.keys(manifest.functions), "nobody", "toString"];
const actions = unique([
  ...listed.map(({ action }) => action),
  "dynamodb:Scan",
  "sqs:ReceiveMessage",
  "ses:*",
]);
const resources: (string | undefined)[] = [
  ...unique(listed.map(({ on }) => on)),
  ...Object.keys(manifest.queues).map((name) => `queue/${name}`),
  "table/other",
  undefined,
];

describe("what the manifest grants", () => {
  it("is what it lists, over every function, action and resource", () => {
    for (const name of names)
      for (const action of actions)
        for (const on of resources)
          for (const rowKeys of [["FEED#a"], ["SUB#a"], undefined]) {
            const line = listed.find((one) => one.name === name && one.action === action && one.on === on);
            const mayRows = !line?.rowsOf || rowKeys?.[0] === "FEED#a";
            expect(
              isGranted(manifest, name, { action, on, arn: "", ...(rowKeys && { rowKeys }) }),
              `${name} ${action} ${on} ${rowKeys}`,
            ).toBe(line !== undefined && mayRows);
          }
  });

  it("of rows of one kind holds for no request that names another, or none", () => {
    const keys = fc.array(fc.constantFrom("FEED#a", "FEED#b", "SUB#a", "FEED", ""));
    fc.assert(
      fc.property(keys, (rowKeys) => {
        const call = { action: "dynamodb:GetItem", on: "table", arn: "", rowKeys };
        const each = rowKeys.length > 0 && !rowKeys.some((key) => !key.startsWith("FEED#"));
        expect(isGranted(manifest, "poll-feed", call)).toBe(each);
        expect(isGranted(manifest, "http", call)).toBe(true);
      }),
    );
  });

  it("is everything to an operator and the runtime", () => {
    for (const name of ["operator", "runtime"])
      expect(isGranted(manifest, name, { action: "dynamodb:DeleteTable", on: undefined, arn: "*" })).toBe(
        true,
      );
  });
});

it("no function is named as an operator", () => {
  const permissions: Permission[] = [{ on: "table", actions: ["dynamodb:GetItem"] }];
  const call = { action: "dynamodb:GetItem", on: "table", arn: "" };
  const small = { functions: { send: { permissions } } } as unknown as ServiceManifest;
  expect(isGranted(small, "send", call)).toBe(true);
  expect(Object.keys(manifest.functions)).not.toContain("operator");
  expect(Object.keys(manifest.functions)).not.toContain("runtime");
});
