import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connect } from "../../adapters/connect.ts";
import { createCampaign } from "../../core/campaign/create-campaign.ts";
import { startCampaign } from "../../core/campaign/start-campaign.ts";
import { forEvery } from "../../core/every.ts";
import { catalogue } from "../../dist/catalogue.ts";
import { type ServiceManifest, service } from "../../infra/service.ts";
import { functionLoader } from "../../local/load-functions.ts";
import { openClock } from "../../local/open-clock.ts";
import { startRuntime } from "../../local/runtime.ts";
import { subscriber } from "../helpers/subscribers.ts";
import { faultScript, seeded } from "./faults.ts";

/** One life of the service in the soak: it is killed in the middle of its work, and started again. */
const { values } = parseArgs({
  options: {
    data: { type: "string", default: "" },
    people: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    share: { type: "string", default: "0.02" },
  },
});
const startAt = "2027-03-01T12:00:00.000Z";
const list = "medical-records-technician";
/** Minutes of the calendar that pass in a second: what waits for a quarter of an hour waits for some seconds. */
const speed = 120;

process.env.POWERTOOLS_LOG_LEVEL ??= "SILENT";
process.env.POWERTOOLS_METRICS_DISABLED = "true";

/** Real time is shorter too, so that the leases of the dead run out between two kills. */
const quick: ServiceManifest = {
  ...service,
  functions: Object.fromEntries(
    Object.entries<ServiceManifest["functions"][string]>(service.functions).map(([name, spec]) => [
      name,
      {
        ...spec,
        environment: { ...spec.environment, SES_TIMEOUT_SECONDS: "2", WORK_SECONDS: "4", LEASE_SECONDS: "8" },
      },
    ]),
  ),
};

const people = Number(values.people);
const random = seeded(Number(values.seed));
const runtime = await startRuntime({
  dataDir: values.data,
  clock: () => openClock(values.data, people > 0 ? { at: startAt, speed } : { speed }),
  manifest: quick,
  load: functionLoader({
    // Nobody's feeds are asked from here.
    catalogue: { ...catalogue, feeds: [] },
    measures: {
      note: (name, value) => appendFileSync(join(values.data, "measures.log"), `${name} ${value}\n`),
    },
  }),
  duplicates: 0.02,
  seed: values.seed,
  quiet: true,
  ses: {
    quota: { maxSendRate: 2_000, max24HourSend: -1 },
    faults: faultScript(Number(values.share), random),
  },
});

const deps = connect(runtime.operatorEnvironment(), { clock: runtime.clock });
if (people > 0) {
  await forEvery(
    Array.from({ length: people }, (_, n) => `sub_${n}`),
    (id) =>
      deps.subscribers.create(
        subscriber({
          id,
          address: `${id}@example.com`,
          addressHash: id,
          lists: { [list]: { state: "joined", run: 1, since: startAt } },
        }),
      ),
  );
  const outcome = await createCampaign(deps, {
    id: "soak",
    title: "Soak",
    markdown: "News for you, and a [link](https://example.com/).",
    segment: { list },
    tracking: "off",
  });
  if (outcome.status !== "created") throw new Error(JSON.stringify(outcome));
  await startCampaign(deps, { id: "soak" });
}
console.log(`ready ${runtime.urls.status}`);
