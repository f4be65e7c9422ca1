import { fastPath } from "../fast-path.ts";
import type { Keys } from "../ports.ts";
import { type Source, sourceName } from "../source/source.ts";
import type { CallResult } from "../source/source-call.ts";
import type { Payloads, SourceCalls, Sources } from "../source/source-ports.ts";
import { secretsOf } from "../source/source-secrets.ts";
import {
  problemsOf,
  type SignUp,
  type SignUpDeps,
  type SignUpOutcome,
  signUp,
} from "../subscriber/sign-up.ts";
import { checkCall } from "./check-call.ts";
import { checkHmac, parseJson } from "./check-hmac.ts";
import { readFields } from "./read-fields.ts";
import type { Call, Check, WebhookCalls } from "./webhook-ports.ts";

export interface SignUpByCallDeps extends SignUpDeps {
  calls: WebhookCalls;
  keys: Keys;
  sources: Pick<Sources, "load">;
  sourceCalls: Pick<SourceCalls, "note">;
  payloads: Payloads;
}

export type CallOutcome =
  | SignUpOutcome
  | { status: "forged" | "stale" }
  /** Carried out before, within the last seven days. */
  | { status: "replayed" }
  /** All is well with it, and it names the address of tests: nobody is signed up. */
  | { status: "test" }
  | { status: "unreadable"; reason: string };

/** What a call is checked by: that of a name which has secrets and no row is Standard Webhooks. */
interface KnownSource {
  source: Pick<Source, "kind" | "map" | "hmac">;
  secrets: string[];
}

/** The address that tests of a source name; no mail can ever go there. */
export const testAddress = "test@stepletter.invalid";

/** How old the keys may be before a call that does not fit them is taken for forged: its secret may be new. */
const freshKeysSeconds = 30;

/**
 * Signs up whom a site names in a signed call; `read` makes a signup of its fields. The call is remembered only
 * after the signup: signing up twice is harmless, a call that was remembered and not carried out is lost.
 */
export async function signUpByCall(
  deps: SignUpByCallDeps,
  call: Call,
  read: (fields: unknown) => SignUp | undefined,
): Promise<CallOutcome> {
  const known = await findSource(deps, call.source);
  if (!known) return { status: "forged" };
  const outcome = await carryOut(deps, known, call, read);
  const reason = reasonOf(outcome);
  await fastPath(() =>
    deps.sourceCalls.note(call.source, {
      id: deps.ids.next("call"),
      at: deps.clock.now(),
      outcome: resultOf(outcome),
      ...(reason && { reason }),
    }),
  );
  return outcome;
}

async function carryOut(
  deps: SignUpByCallDeps,
  known: KnownSource,
  call: Call,
  read: (fields: unknown) => SignUp | undefined,
): Promise<CallOutcome> {
  const now = deps.clock.now();
  const check = await checkAgain(deps, known, call);
  if (check.status !== "genuine") return check;
  const key = { source: call.source, id: check.id };
  if (await deps.calls.has(key, now)) return { status: "replayed" };
  const found = readFields(deps.payloads, known.source.map, check.payload);
  if ("reason" in found) return { status: "unreadable", reason: found.reason };
  const asked = read(found.fields);
  if (!asked) return { status: "unreadable", reason: "a field is missing, or of another type" };
  if (asked.email === testAddress) {
    const problems = problemsOf(deps, asked);
    return Object.keys(problems).length > 0 ? { status: "invalid", problems } : { status: "test" };
  }
  const outcome = await signUp(deps, asked);
  if (outcome.status !== "check-inbox") return outcome;
  return (await deps.calls.remember(key, now)) ? outcome : { status: "replayed" };
}

async function findSource(deps: SignUpByCallDeps, name: string): Promise<KnownSource | undefined> {
  if (!sourceName.test(name)) return undefined;
  const secrets = secretsOf(await deps.keys.ring(), name);
  const source = await deps.sources.load(name);
  // A form is not signed, and its name stands on its page: whoever calls it is a stranger.
  if (source?.kind === "form") return undefined;
  if (source) return { source, secrets };
  return secrets.length > 0 ? { source: { kind: "standard" }, secrets } : undefined;
}

/** A secret that was made or changed a moment ago is good, whatever keys this function has read before. */
async function checkAgain(deps: SignUpByCallDeps, known: KnownSource, call: Call): Promise<Check> {
  const check = checkBy(deps, known, call);
  if (check.status !== "forged") return check;
  const secrets = secretsOf(await deps.keys.ring(freshKeysSeconds), call.source);
  const same = secrets.join(" ") === known.secrets.join(" ");
  return same ? check : checkBy(deps, { ...known, secrets }, call);
}

function checkBy(
  { payloads, clock }: SignUpByCallDeps,
  { source: { kind, hmac }, secrets }: KnownSource,
  call: Call,
): Check {
  const now = clock.now();
  if (kind === "hmac") return hmac ? checkHmac(payloads, { hmac, secrets }, call, now) : { status: "forged" };
  if (kind !== "standard") return { status: "forged" };
  const header = (name: string) => call.headers[name] ?? "";
  const id = header("webhook-id");
  const [timestamp, signature] = [header("webhook-timestamp"), header("webhook-signature")];
  const status = checkCall(secrets, { id, timestamp, signature, body: call.body }, now);
  return status === "genuine" ? { status, id, payload: parseJson(call.body) } : { status };
}

function resultOf({ status }: CallOutcome): CallResult {
  return status === "check-inbox" ? "accepted" : status;
}

/** Fields by their names alone: what is wrong with one may quote it. */
function reasonOf(outcome: CallOutcome): string | undefined {
  if (outcome.status === "unreadable") return outcome.reason;
  return outcome.status === "invalid" ? Object.keys(outcome.problems).join(", ") : undefined;
}
