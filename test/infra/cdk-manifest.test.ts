import { describe, expect, it } from "vitest";
import { type ServiceManifest, service } from "../../infra/service.ts";
import { factsFromManifest } from "./facts-from-manifest.ts";
import { leavesOf, type Path, withChanged } from "./leaves.ts";
import { settingsOf, synthesise } from "./synthesise.ts";

/** Leaves of the manifest that no rendering shows, and why. */
const unrendered: [where: RegExp, why: string][] = [
  [/^functions\.[\w-]+\.entry$/, "what is bundled; the renderings see the bundle"],
  [/^functions\.[\w-]+\.purpose$/, "for people"],
  [/^alarms\.[\w-]+\.meaning$/, "for people"],
  [/^functions\.[\w-]+\.triggers\.\d\.kind$/, "a shape: other kinds have other leaves beside it"],
  [/^alarms\.[\w-]+\.metric\.of$/, "a shape, likewise"],
  [/^functions\.[\w-]+\.environment\.\w+_QUEUE_URL\.of$/, "a shape, likewise"],
];

describe("no value of the manifest can change without the CDK app's stack", { timeout: 120_000 }, () => {
  const settings = settingsOf({ receiptRuleSet: "inbound" });
  // Without what its parts share, or one change would be many.
  const manifest: ServiceManifest = JSON.parse(JSON.stringify(service));
  const leaves = leavesOf(manifest).map(({ path, value }) => ({
    path,
    name: path.join("."),
    value: another(path, value),
  }));
  const rendered = leaves.filter(({ name }) => !unrendered.some(([where]) => where.test(name)));

  it("each is told by the facts of the manifest", () => {
    const facts = JSON.stringify(factsFromManifest(manifest, settings));
    const missed = rendered.filter(
      ({ path, value }) =>
        JSON.stringify(factsFromManifest(withChanged(manifest, path, value), settings)) === facts,
    );
    expect(missed.map(({ name }) => name)).toEqual([]);
    for (const [where] of unrendered) expect(leaves.some(({ name }) => where.test(name))).toBe(true);
  });

  it("all of them changed at once, the template follows", () => {
    const changed = rendered.reduce((whole, { path, value }) => withChanged(whole, path, value), manifest);
    const { template, factsOf } = synthesise(settings, { manifest: changed });
    expect(factsOf(template)).toEqual(factsFromManifest(changed, settings));
    const plain = synthesise(settings);
    expect(plain.factsOf(plain.template)).not.toEqual(factsOf(template));
  });
});

/** Values that are one of a few, and what each becomes, so that the manifest stays one that can be rendered. */
const others: Record<string, string> = {
  "nodejs24.x": "nodejs22.x",
  arm64: "x86_64",
  Sum: "Maximum",
  Maximum: "Sum",
  well: "alarm",
  alarm: "well",
  SEND: "OPEN",
  DELIVERY: "CLICK",
  BOUNCE: "SUBSCRIPTION",
  COMPLAINT: "OPEN",
  REJECT: "CLICK",
  RENDERING_FAILURE: "SUBSCRIPTION",
  DELIVERY_DELAY: "OPEN",
  tableName: "publicUrl",
  publicUrl: "tableName",
  configurationSet: "keysParameter",
  keysParameter: "metricsNamespace",
  metricsNamespace: "configurationSet",
};
const otherPlaces: Record<string, string> = {
  table: "table/due",
  "table/due": "table/roster",
  "table/roster": "table/news",
  "table/news": "table",
  mail: "account",
  account: "keys",
  keys: "mail",
  "send-now": "send-bulk",
  "send-bulk": "feeds",
  feeds: "ses-events",
  "ses-events": "send-now",
  "ses-rule-dead": "send-now",
  "receive-leave-dead": "send-now",
};

function another(path: Path, value: unknown): unknown {
  const last = String(path.at(-1));
  if (last === "logRetentionDays") return 60;
  if (typeof value === "number")
    return ["retentionDays", "batchSize"].includes(last) && value > 1 ? value - 1 : value + 1;
  const text = String(value);
  if (!["queue", "eventQueue", "on"].includes(last)) return others[text] ?? `${text}x`;
  return text.replace(
    /^(queue\/)?(.*?)(-dead)?$/,
    (_, before = "", name, after = "") => otherPlaces[text] ?? `${before}${otherPlaces[name]}${after}`,
  );
}
