import type { Catalogue } from "../catalogue.ts";
import { AppError } from "../errors.ts";
import type { Keys, Subscribers } from "../ports.ts";
import type { Sources } from "../source/source-ports.ts";
import type { Clock } from "../time/clock.ts";
import { checkToken } from "../token/check-token.ts";
import { type AfterConfirm, afterConfirmPage } from "./after-confirm-page.ts";
import { type ConfirmConsent, confirmConsent } from "./consent-text.ts";
import { listsIn, statusOf } from "./subscriber.ts";

export interface OpenConfirmationDeps {
  keys: Keys;
  subscribers: Pick<Subscribers, "load">;
  sources: Pick<Sources, "load">;
  catalogue: Pick<Catalogue, "site" | "courses">;
  clock: Pick<Clock, "now">;
}

export type OpenConfirmationOutcome =
  /** `page` is where the press leads in the end, if not to a page of ours. */
  | ({ status: "open"; consent: ConfirmConsent } & AfterConfirm)
  /** The link has expired, and its request is still open: a new one can be sent. */
  | { status: "late" }
  /** Everything that was asked for is joined, whenever that was. */
  | { status: "confirmed" }
  | { status: "sign-up-again" }
  | { status: "expired" }
  | { status: "forged" };

/** What the link of a confirmation mail finds. It only looks: scanners of mail follow every link. */
export async function openConfirmation(
  deps: OpenConfirmationDeps,
  token: string,
): Promise<OpenConfirmationOutcome> {
  const check = await checkToken(deps.keys, "confirm", token, deps.clock.now());
  if (check.status === "forged") return { status: "forged" };
  const subscriber = await deps.subscribers.load(check.subscriberId);
  const nothing = check.status === "expired" ? "expired" : "sign-up-again";
  if (!subscriber || subscriber.suppressed) return { status: nothing };
  const wanted = listsIn(subscriber, "wanted");
  if (wanted.length === 0) return { status: statusOf(subscriber) === "active" ? "confirmed" : nothing };
  if (check.status === "expired") return { status: "late" };
  const then = await afterConfirmPage(deps, subscriber.asked ?? subscriber.consent);
  // Nothing has happened yet, and a page that does not name the site shuts the press off from it: come back later.
  if (isUnavailable(then.failure)) throw then.failure;
  const { site, courses } = deps.catalogue;
  return { status: "open", consent: confirmConsent(site, courses, wanted), ...then };
}

function isUnavailable(failure: unknown): boolean {
  return failure instanceof AppError && failure.kind === "unavailable";
}
