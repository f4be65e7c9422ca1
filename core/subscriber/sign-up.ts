import { type Catalogue, courseNamed } from "../catalogue.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { fastPath } from "../fast-path.ts";
import { oneLine } from "../one-line.ts";
import type { Addresses, Ids, Keys, Subscribers, Suppressions } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { isZone } from "../time/window.ts";
import { hashAddress, parseAddress } from "./address.ts";
import { askToJoin, type JoinRequest } from "./ask-to-join.ts";
import { changeSubscriber } from "./change.ts";
import { type SendConfirmationDeps, sendConfirmation } from "./send-confirmation.ts";
import type { Subscriber } from "./subscriber.ts";

export interface SignUp {
  email: string;
  name: string;
  zone: string;
  course: string;
  /** Whether the digest of news is wanted, too. */
  digest: boolean;
  /** `form`, or the name of the webhook that it came by. */
  source: string;
  network: string;
}

/** Field names with what is wrong and what to do, or one answer for every address, whatever is known of it. */
export type SignUpOutcome =
  /** `enqueued` is false when the confirmation waits for the next minute's dispatch. */
  | { status: "check-inbox"; enqueued: boolean }
  | { status: "invalid"; problems: Partial<Record<"email" | "name" | "zone" | "course", string>> };

export interface SignUpDeps extends SendConfirmationDeps {
  addresses: Addresses;
  subscribers: Subscribers;
  suppressions: Suppressions;
  keys: Keys;
  ids: Ids;
  clock: Clock;
  catalogue: Pick<Catalogue, "courses">;
}

const longestName = 120;

/**
 * Double opt-in, first half. The address is claimed first, then the profile is written with its confirmation
 * due in the same write; a claim whose profile never came is adopted, so a crash locks nobody out.
 */
export async function signUp(deps: SignUpDeps, input: SignUp): Promise<SignUpOutcome> {
  const address = parseAddress(input.email);
  const problems = problemsOf(input, deps.catalogue);
  if (!address || Object.keys(problems).length > 0) return { status: "invalid", problems };

  const { hash } = await deps.keys.ring();
  const addressHash = hashAddress(hash, address.key);
  if (await deps.suppressions.has(addressHash)) return { status: "check-inbox", enqueued: true };

  const id = await deps.addresses.claim(addressHash, deps.ids.next("sub"));
  const now = deps.clock.now();
  const request: JoinRequest = { ...input, name: oneLine(input.name), lists: listsOf(input) };
  const newcomer = askToJoin(blank(id, address.mailTo, addressHash, now), request, now);
  const subscriber =
    newcomer && (await deps.subscribers.create(newcomer))
      ? newcomer
      : await changeSubscriber(deps.subscribers, id, (known) => askToJoin(known, request, now));
  const enqueued = !subscriber || (await fastPath(() => sendConfirmation(deps, subscriber)));
  return { status: "check-inbox", enqueued };
}

function problemsOf(
  input: SignUp,
  catalogue: Pick<Catalogue, "courses">,
): Partial<Record<"email" | "name" | "zone" | "course", string>> {
  return {
    ...(!parseAddress(input.email) && {
      email:
        "Enter one e-mail address, such as name@example.com. The part before the @ takes plain letters only.",
    }),
    ...(input.name.length > longestName && { name: `Enter a name of at most ${longestName} characters.` }),
    ...(!isZone(input.zone) && { zone: "Choose a time zone from the list, such as America/New_York." }),
    ...(!courseNamed(catalogue, input.course) && {
      course: "Choose a course that this site offers.",
    }),
  };
}

function listsOf({ course, digest }: SignUp): string[] {
  return digest ? [course, digestList] : [course];
}

function blank(id: string, address: string, addressHash: string, now: string): Subscriber {
  return {
    id,
    rev: 1,
    address,
    addressHash,
    name: "",
    zone: "UTC",
    lists: {},
    consent: { textVersion: "", source: "", network: "", askedAt: now },
    confirmationsAt: [],
    todo: {},
    softBounces: [],
    createdAt: now,
    changedAt: now,
  };
}
