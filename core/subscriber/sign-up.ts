import { type Catalogue, courseNamed } from "../catalogue.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { fastPath } from "../fast-path.ts";
import type { Disposables } from "../guard/guard-ports.ts";
import { takeMailbox } from "../guard/mailbox-limit.ts";
import type { Limits } from "../limit/limit-ports.ts";
import { oneLine } from "../one-line.ts";
import type { ClaimAddressDeps } from "../person/claim-address.ts";
import type { AddressClaims } from "../person/person-ports.ts";
import type { Addresses, Ids, Keys, Subscribers, Suppressions } from "../ports.ts";
import { remindersList } from "../reminder/reminder-date.ts";
import { ownSource } from "../source/source.ts";
import type { Clock } from "../time/clock.ts";
import { isZone } from "../time/window.ts";
import { hashAddress, parseAddress } from "./address.ts";
import { askToJoin, type JoinRequest } from "./ask-to-join.ts";
import type { ConsentTexts } from "./consent-ports.ts";
import { signupConsent } from "./consent-text.ts";
import { nameProblem } from "./name-problem.ts";
import { type SendConfirmationDeps, sendConfirmation } from "./send-confirmation.ts";
import { writeRequest } from "./write-request.ts";

export interface SignUp {
  email: string;
  name: string;
  zone: string;
  course: string;
  /** Whether the digest of news is wanted, too. */
  digest: boolean;
  /** Whether reminders of dates of one's own are wanted, too. */
  reminders: boolean;
  /** `form`, our own, or the name of the source that it came by. */
  source: string;
  network: string;
  /** A page of another site to go to after the confirmation, which its source allows. */
  afterConfirm?: string;
}

/** Field names with what is wrong and what to do, or one answer for every address, whatever is known of it. */
export type SignUpOutcome =
  /** `enqueued` is false when the confirmation waits for the next minute's dispatch. */
  | { status: "check-inbox"; enqueued: boolean }
  | { status: "invalid"; problems: Partial<Record<"email" | "name" | "zone" | "course", string>> };

export interface SignUpDeps extends SendConfirmationDeps, ClaimAddressDeps {
  addresses: Addresses;
  claims: Pick<AddressClaims, "find" | "retake" | "bury">;
  limits: Limits;
  subscribers: Subscribers;
  suppressions: Suppressions;
  keys: Keys;
  ids: Ids;
  clock: Clock;
  disposables: Disposables;
  consentTexts: ConsentTexts;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

/**
 * Double opt-in, first half. The address is claimed first, then the profile is written with its confirmation
 * due in the same write; a claim whose profile never came is adopted, so a crash locks nobody out.
 */
export async function signUp(deps: SignUpDeps, input: SignUp): Promise<SignUpOutcome> {
  const address = parseAddress(input.email);
  const problems = problemsOf(deps, input);
  if (!address || Object.keys(problems).length > 0) return { status: "invalid", problems };

  const { hash } = await deps.keys.ring();
  const addressHash = hashAddress(hash, address.key);
  if (await deps.suppressions.has(addressHash)) return { status: "check-inbox", enqueued: true };

  const asked = { ...input, name: oneLine(input.name), lists: listsOf(input), textVersion: "" };
  const counts = await callsForMail(deps, addressHash, asked);
  if (counts && !(await takeMailbox(deps, { hashKey: hash, key: address.key }, deps.clock.now())))
    return { status: "check-inbox", enqueued: true };

  const request: JoinRequest = { ...asked, textVersion: await versionShown(deps, input) };
  const subscriber = await writeRequest(deps, { address: address.mailTo, addressHash }, request);
  const enqueued = await fastPath(() => sendConfirmation(deps, subscriber));
  return { status: "check-inbox", enqueued };
}

/** Whether a confirmation would be planned: no other request uses up what may go to a mailbox. */
async function callsForMail(deps: SignUpDeps, addressHash: string, request: JoinRequest): Promise<boolean> {
  const ownerId = await deps.claims.find(addressHash);
  const owner = ownerId === undefined ? undefined : await deps.subscribers.load(ownerId);
  // The claim gives way to somebody new, who gets a mail.
  if (!owner || owner.addressHash !== addressHash || owner.todo.erase !== undefined) return true;
  const planned = askToJoin(owner, request, deps.clock.now())?.confirmationsAt.at(-1);
  return planned !== undefined && planned !== owner.confirmationsAt.at(-1);
}

/** What is wrong with the fields, and what to do about each. */
export function problemsOf(
  { catalogue, disposables }: Pick<SignUpDeps, "catalogue" | "disposables">,
  input: SignUp,
): Partial<Record<"email" | "name" | "zone" | "course", string>> {
  const address = parseAddress(input.email);
  const badName = nameProblem(input.name);
  const thrownAway = address && disposables.has(address.key.slice(address.key.lastIndexOf("@") + 1));
  return {
    ...(!address && {
      email:
        "Enter one e-mail address, such as name@example.com. The part before the @ takes plain letters only.",
    }),
    ...(thrownAway && {
      email: "Use an address that you keep: mailboxes of this domain are thrown away after a short time.",
    }),
    ...(badName !== undefined && { name: badName }),
    ...(!isZone(input.zone) && { zone: "Choose a time zone from the list, such as America/New_York." }),
    ...(!courseNamed(catalogue, input.course) && {
      course: "Choose a course that this site offers.",
    }),
  };
}

function listsOf({ course, digest, reminders }: SignUp): string[] {
  return [course, ...(digest ? [digestList] : []), ...(reminders ? [remindersList] : [])];
}

/** What stood on our own form, kept before evidence names it; what another site shows, it answers for. */
async function versionShown(deps: SignUpDeps, { source, course: name }: SignUp): Promise<string> {
  const course = courseNamed(deps.catalogue, name);
  if (source !== ownSource || !course) return source;
  const { version, text } = signupConsent(deps.catalogue.site, course);
  await deps.consentTexts.keep(version, text);
  return version;
}
