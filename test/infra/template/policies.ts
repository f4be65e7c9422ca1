import { isDeepStrictEqual } from "node:util";
import { plain, type Raw, same } from "./watch.ts";

interface Statement {
  effect: string;
  principal: Raw;
  actions: string[];
  resources: string[];
  condition: Raw;
}

function statementsOf(document: Raw, where: string): Statement[] {
  same(document.Version, "2012-10-17", `${where}: the version of the policy language`);
  return document.Statement.map((statement: Raw) => ({
    effect: statement.Effect,
    principal: plain(statement.Principal),
    actions: plain([statement.Action].flat()),
    resources: plain([statement.Resource].flat()),
    condition: plain(statement.Condition),
  }));
}

/** What a role's policies allow, and on what: `dynamodb:PutItem table rows FEED#*`. */
export function allowedBy(policies: Raw, nameOf: (resource: string) => string, where: string): string[] {
  const statements: Statement[] = policies.flatMap((policy: Raw) =>
    statementsOf(policy.PolicyDocument, where),
  );
  return statements
    .flatMap(({ effect, principal, actions, resources, condition }) => {
      same([effect, principal], ["Allow", null], `${where}: effect and principal`);
      const names = new Set(resources.map(nameOf));
      // Mail needs both, and neither means anything alone.
      if (names.has("identities") && names.has("configuration set"))
        for (const name of ["identities", "configuration set"]) names.delete(name) && names.add("mail");
      return actions.flatMap((action) => [...names].map((on) => `${action} ${on}${limits(condition)}`));
    })
    .sort();
}

function limits(condition: Raw): string {
  if (condition === undefined) return "";
  const keys = condition["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"];
  const rows = {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys },
    Null: { "dynamodb:LeadingKeys": "false" },
  };
  if (isDeepStrictEqual(condition, rows)) return ` rows ${keys}`;
  const from = condition.StringLike?.["ses:FromAddress"];
  if (isDeepStrictEqual(condition, { StringLike: { "ses:FromAddress": from } })) return ` from ${from}`;
  return ` if ${JSON.stringify(condition)}`;
}

/** Who may assume a role; a condition that is not the usual one shows. */
export function trustedBy(document: Raw, usual: unknown, where: string): string {
  const [statement, ...others] = statementsOf(document, where);
  const { effect, principal, actions, condition } = statement ?? {};
  same([effect, actions, others.length], ["Allow", ["sts:AssumeRole"], 0], where);
  return callerOf(principal, condition, usual);
}

/** Who is meant by a principal; a limit that is not the usual one shows. */
export function callerOf(principal: Raw, limit: unknown, usual: unknown): string {
  const { Service, ...others } = principal;
  const caller = isDeepStrictEqual(others, {}) ? Service : JSON.stringify(principal);
  return isDeepStrictEqual(limit, usual) ? caller : `${caller} if ${JSON.stringify(limit)}`;
}

/** What the policy of a queue or topic says: whether it wants TLS, and which services may send. */
export function accessOf(document: Raw, own: string, sending: string[], everything: string) {
  const denied: Raw[] = [];
  const senders: string[] = [];
  for (const { effect, principal, actions, resources, condition } of statementsOf(document, own)) {
    same(resources, [own], `${own}: the resource of its policy`);
    if (effect === "Deny") {
      denied.push({
        principal: isDeepStrictEqual(principal, { AWS: "*" }) ? "*" : principal,
        actions,
        condition,
      });
      continue;
    }
    same(effect, "Allow", `${own}: the effect`);
    const rule = condition?.ArnEquals?.["aws:SourceArn"];
    const account = condition?.StringEquals?.["aws:SourceAccount"];
    const usual = rule
      ? { ArnEquals: { "aws:SourceArn": rule } }
      : { StringEquals: { "aws:SourceAccount": account } };
    const sender = `${callerOf(principal, condition, usual)} for ${rule ?? account}`;
    // The ready-made target of a rule lets it look at its queue, too.
    const usually = [[sending[0]], sending].some((each) => isDeepStrictEqual(actions, each));
    senders.push(usually ? sender : `${sender} to ${actions}`);
  }
  const tls = {
    principal: "*",
    actions: [everything],
    condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return { requiresTls: isDeepStrictEqual(denied, [tls]), senders: senders.sort() };
}
