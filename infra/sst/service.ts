import { deployedBy, namesOf, service } from "../service.ts";
import type { Settings } from "../settings.ts";
import { readUnsubscribeMailbox } from "../unsubscribe-mailbox.ts";
import { readAccount } from "./account.ts";
import { createAlarms } from "./alarms.ts";
import { publishEnvironment, resolveEnvironment } from "./environment.ts";
import { createFunction } from "./functions.ts";
import { createApi, routeTo } from "./http.ts";
import { createEvents, createIdentity } from "./mail.ts";
import { createQueues, guardQueues } from "./queues.ts";
import { receiveMail } from "./receiving.ts";
import { createTable } from "./table.ts";

/** Renders the manifest; what it returns is printed at the end of a deployment. */
export function createService(settings: Settings) {
  const manifest = deployedBy(service, settings);
  const account = readAccount();
  const table = createTable(manifest.table, settings);
  const queues = createQueues(manifest);
  guardQueues(queues, manifest, createEvents(manifest, settings, account, queues));
  const identity = createIdentity(settings);
  const { api, publicUrl, webTarget } = createApi(settings);
  const created = { names: namesOf(manifest, settings.stage), table, queues, publicUrl };
  const grantable = { manifest, settings, account, table, queues };
  for (const [name, spec] of Object.entries(manifest.functions)) {
    const environment = resolveEnvironment(spec.environment, created);
    const handler = createFunction(name, spec, environment, grantable);
    for (const trigger of spec.triggers) {
      if (trigger.kind === "http") routeTo(api, name, handler, trigger);
      if (trigger.kind === "mail")
        receiveMail(name, trigger, handler, {
          ...grantable,
          mailbox: readUnsubscribeMailbox($cli.paths.root),
        });
    }
  }
  publishEnvironment(manifest, settings, account, created);
  createAlarms(manifest, { settings, account, queues, api });
  return { url: publicUrl, dns: dnsRecords(settings, account.region, identity, webTarget) };
}

/** The records that the operator enters for the domains, one in a line. */
function dnsRecords(
  { mailDomain, web }: Settings,
  region: $util.Output<string>,
  identity: ReturnType<typeof createIdentity>,
  webTarget: $util.Output<string> | undefined,
) {
  const ofWeb = web && webTarget ? [$interpolate`${web.domain} CNAME ${webTarget}`] : [];
  if (!identity) return $util.all(ofWeb);
  const { mailFromDomain, dkimTokens } = identity;
  return $util.all([
    ...ofWeb,
    dkimTokens.apply((tokens) =>
      tokens.map((token) => `${token}._domainkey.${mailDomain} CNAME ${token}.dkim.amazonses.com`).join("\n"),
    ),
    $interpolate`${mailFromDomain} MX 10 feedback-smtp.${region}.amazonses.com`,
    $interpolate`${mailFromDomain} TXT "v=spf1 include:amazonses.com ~all"`,
  ]);
}
