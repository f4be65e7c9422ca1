import { beforeAll, describe, expect, it } from "vitest";
import { service } from "../../infra/service.ts";
import type { ServiceFacts } from "../infra/facts.ts";
import { factsFromManifest } from "../infra/facts-from-manifest.ts";
import { synthesise } from "../infra/synthesise.ts";
import { factsFromGraph } from "./facts-from-graph.ts";
import { deploy, receiving, web } from "./variants.ts";

const restored = { STEPLETTER_TABLE: "stepletter-restored" };
const domainExists = { STEPLETTER_MAIL_DOMAIN_EXISTS: "true" };

describe.each([
  ["in production", "production", {}],
  ["in production with a host name", "production", web],
  ["in production with a restored table", "production", restored],
  ["in production, where SES receives for the mailbox", "production", receiving],
  ["in another stage", "dev", {}],
  ["in another stage, where SES receives for the mailbox", "dev", receiving],
  ["in another stage with a host name", "dev", web],
  ["in another stage, for a domain that SES has already", "dev", domainExists],
])("%s", (_, stage, more) => {
  let deployed: Awaited<ReturnType<typeof deploy>>;
  let facts: ServiceFacts;
  beforeAll(async () => {
    deployed = await deploy(stage, more);
    facts = factsFromGraph(deployed.graph, stage);
  });

  it("SST renders what the manifest says", () => {
    expect(facts).toEqual(factsFromManifest(service, deployed.settings));
  });

  it("SST and CDK render the same", () => {
    const { template, factsOf } = synthesise(deployed.settings);
    expect(facts).toEqual(factsOf(template));
  });
});
