import type { Keys } from "../ports.ts";
import { type SignUp, type SignUpDeps, type SignUpOutcome, signUp } from "../subscriber/sign-up.ts";
import type { KeyRing } from "../token/token.ts";
import { type CallCheck, checkCall, type SignedCall } from "./check-call.ts";
import type { WebhookCalls } from "./webhook-ports.ts";

export interface SignUpByCallDeps extends SignUpDeps {
  calls: WebhookCalls;
  keys: Keys;
}

export type CallOutcome =
  | SignUpOutcome
  | { status: Exclude<CallCheck, "genuine"> }
  /** Carried out before, within the last day. */
  | { status: "replayed" }
  | { status: "unreadable" };

/**
 * Signs up whom a site names in a signed call; `read` makes a signup of its body. The call is remembered only
 * after the signup: signing up twice is harmless, a call that was remembered and not carried out is lost.
 */
export async function signUpByCall(
  deps: SignUpByCallDeps,
  call: SignedCall,
  read: (body: string) => SignUp | undefined,
): Promise<CallOutcome> {
  const now = deps.clock.now();
  const check = checkCall(secretsOf(await deps.keys.ring(), call.source), call, now);
  if (check !== "genuine") return { status: check };
  if (await deps.calls.has(call, now)) return { status: "replayed" };
  const asked = read(call.body);
  if (!asked) return { status: "unreadable" };
  const outcome = await signUp(deps, asked);
  if (outcome.status === "invalid") return outcome;
  return (await deps.calls.remember(call, now)) ? outcome : { status: "replayed" };
}

function secretsOf({ webhooks = {} }: KeyRing, source: string): string[] {
  return Object.hasOwn(webhooks, source) ? (webhooks[source] ?? []) : [];
}
