import { type EnrolDeps, enrol } from "../course/enrol.ts";
import { fastPath } from "../fast-path.ts";
import type { Keys } from "../ports.ts";
import type { Sources } from "../source/source-ports.ts";
import type { Instant } from "../time/instant.ts";
import { checkToken } from "../token/check-token.ts";
import { type AfterConfirm, afterConfirmPage } from "./after-confirm-page.ts";
import { changeSubscriber } from "./change.ts";
import type { ConsentTexts } from "./consent-ports.ts";
import { confirmConsent } from "./consent-text.ts";
import { listsIn, type Subscriber, statusOf } from "./subscriber.ts";

export interface ConfirmDeps extends EnrolDeps {
  keys: Keys;
  consentTexts: ConsentTexts;
  sources: Pick<Sources, "load">;
}

export interface Confirmation {
  token: string;
  network: string;
  /** The version of what stood beside the button; empty for whoever did not come by our page. */
  shown: string;
}

export type ConfirmOutcome =
  /** `enrolled` is false when the course waits for the next minute's dispatch; without `page` they stay on ours. */
  | ({ status: "confirmed"; lists: string[]; enrolled: boolean } & AfterConfirm)
  /** Something else is asked for by now than what was shown, and nobody has agreed to that. */
  | { status: "changed" }
  /** The link was good, yet nothing waits for it: the person left, or mail to them bounced. */
  | { status: "sign-up-again" }
  | { status: "expired" }
  | { status: "forged" };

/** Double opt-in, second half: a POST with the token of the confirmation mail. Twice is harmless. */
export async function confirmSignUp(deps: ConfirmDeps, input: Confirmation): Promise<ConfirmOutcome> {
  const now = deps.clock.now();
  const check = await checkToken(deps.keys, "confirm", input.token, now);
  if (check.status !== "valid") return { status: check.status };
  const known = await deps.subscribers.load(check.subscriberId);
  if (!known) return { status: "sign-up-again" };

  const agreed = consentOf(deps, known);
  if (input.shown !== "" && agreed && agreed.version !== input.shown) return { status: "changed" };
  // Kept first: evidence never names words that cannot be shown any more.
  if (agreed) await deps.consentTexts.keep(agreed.version, agreed.text);
  let differs = false;
  const subscriber = await changeSubscriber(deps.subscribers, known.id, (current) => {
    const textVersion = consentOf(deps, current)?.version ?? "";
    // Nobody has seen what was asked for since, not even where nothing was open before.
    differs = textVersion !== "" && textVersion !== agreed?.version;
    return differs ? undefined : join(current, { network: input.network, textVersion }, now);
  });
  if (differs) return { status: "changed" };
  if (!subscriber || statusOf(subscriber) !== "active") return { status: "sign-up-again" };
  const enrolled = await fastPath(() => enrol(deps, subscriber));
  const then = await afterConfirmPage(deps, subscriber.consent);
  return { status: "confirmed", lists: listsIn(subscriber, "joined"), enrolled, ...then };
}

/** What a press would agree to; undefined if nothing is open. */
function consentOf({ catalogue }: Pick<ConfirmDeps, "catalogue">, subscriber: Subscriber) {
  const wanted = listsIn(subscriber, "wanted");
  return wanted.length > 0 ? confirmConsent(catalogue.site, catalogue.courses, wanted) : undefined;
}

/** Joins every list that was asked for, and ends a pause; undefined if none was, or if mail must not be sent. */
export function join(
  subscriber: Subscriber,
  press: { network: string; textVersion: string },
  now: Instant,
): Subscriber | undefined {
  const wanted = listsIn(subscriber, "wanted");
  if (subscriber.suppressed || wanted.length === 0) return undefined;
  const joined = wanted.map((list) => {
    const { run = 0, asked } = subscriber.lists[list] ?? {};
    return [list, { state: "joined" as const, run: run + 1, since: now, ...(asked && { asked }) }];
  });
  const { confirm: _, remind: _r, forget: _f, ...todo } = subscriber.todo;
  const { asked, remindedAt: _m, rhythm, ...known } = subscriber;
  // Who asks anew wants mail now: a pause of before would hold back what the page promises.
  const { pausedUntil, ...pace } = rhythm ?? {};
  const { name, zone, ...evidence } = asked ?? { ...subscriber.consent, name: known.name, zone: known.zone };
  return {
    ...known,
    name,
    zone,
    ...(Object.keys(pace).length > 0 && { rhythm: pace }),
    lists: { ...subscriber.lists, ...Object.fromEntries(joined) },
    consent: {
      ...evidence,
      confirmedAt: now,
      confirmedFrom: press.network,
      confirmedTextVersion: press.textVersion,
    },
    // One that was planned and has become needless counts for no cap.
    confirmationsAt: subscriber.confirmationsAt.filter((at) => at <= now),
    todo: { ...todo, enrol: now, ...((zone !== known.zone || pausedUntil) && { replan: now }) },
    changedAt: now,
  };
}
