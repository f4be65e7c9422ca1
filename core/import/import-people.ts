import { AppError } from "../errors.ts";
import type { Keys } from "../ports.ts";
import { hashAddress } from "../subscriber/address.ts";
import type { ConsentTexts } from "../subscriber/consent-ports.ts";
import type { Instant } from "../time/instant.ts";
import { type AddPeopleDeps, addPeople } from "./add-people.ts";
import { type ImportOffer, importConsent, type OfferProblems, offerProblems } from "./import-offer.ts";
import { type ImportRow, readRow } from "./import-row.ts";
import type { Joining, Judgement } from "./join-by-import.ts";
import { type Entry, judgeAddresses, type Verdict } from "./judge-addresses.ts";

export interface ImportPeopleDeps extends AddPeopleDeps {
  keys: Keys;
  consentTexts: ConsentTexts;
}

export interface ImportPeople {
  offer: ImportOffer;
  rows: ImportRow[];
  /** Tells what would become of each, and writes nothing. */
  dryRun: boolean;
}

/** What became of a row. `new`, `joined` and `known` are in, the others are not; `reason` says why, where the kind does not. */
export interface RowOutcome {
  kind: "new" | Judgement["kind"] | "invalid";
  reason?: string;
}

export type ImportPeopleOutcome =
  /** One outcome for each row, in order. */
  { status: "done"; outcomes: RowOutcome[] } | { status: "invalid"; problems: OfferProblems };

const attempts = 4;
const unreadable = "What is stored of this person cannot be read: stepletter doctor may tell more.";

/**
 * Brings people to lists who agreed elsewhere. An address is one person however often it comes, in one file or in ten, so
 * whatever has failed in the middle is done by sending the same rows again.
 */
export async function importPeople(
  deps: ImportPeopleDeps,
  { offer, rows, dryRun }: ImportPeople,
): Promise<ImportPeopleOutcome> {
  const problems = offerProblems(offer, deps.catalogue);
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };

  const now = deps.clock.now();
  const { version, text } = importConsent(offer);
  if (!dryRun) await deps.consentTexts.keep(version, text);
  const joining = {
    lists: offer.lists,
    tags: offer.tags,
    textVersion: version,
    source: `import:${offer.name}`,
  };
  const { hash } = await deps.keys.ring();
  const outcomes: RowOutcome[] = [];
  let open: Entry[] = [];
  for (const [row, typed] of rows.entries()) {
    const read = readRow(typed, now);
    if (read.status === "invalid") outcomes[row] = { kind: "invalid", reason: read.reason };
    else {
      const { candidate } = read;
      open.push({ row, candidate, addressHash: hashAddress(hash, candidate.address.key) });
    }
  }
  while (open.length > 0) {
    // An address that comes twice is looked at again when its first row is through.
    const first = new Map(open.toReversed().map((entry) => [entry.addressHash, entry]));
    const repeated = open.filter((entry) => first.get(entry.addressHash) !== entry);
    await settle(deps, [...first.values()], { joining, dryRun, now }, outcomes);
    open = dryRun ? [] : repeated;
    if (dryRun)
      for (const { row, addressHash } of repeated)
        outcomes[row] = again(outcomes[first.get(addressHash)?.row ?? row]);
  }
  return { status: "done", outcomes };
}

/** What a second row of an address would find, had the first been written. */
function again(first: RowOutcome | undefined): RowOutcome {
  return first?.kind === "new" || first?.kind === "joined" || !first ? { kind: "known" } : first;
}

/** Judges and writes until each row has its outcome; whoever changed in between is judged once more. */
async function settle(
  deps: ImportPeopleDeps,
  entries: Entry[],
  { joining, dryRun, now }: { joining: Joining; dryRun: boolean; now: Instant },
  outcomes: RowOutcome[],
): Promise<void> {
  let open = entries;
  for (let attempt = 0; attempt < attempts && open.length > 0; attempt++) {
    const verdicts = await judgeAddresses(deps, open, joining, now);
    const judged = open.map((entry, index) => ({ entry, verdict: verdicts[index] as Verdict }));
    const left = dryRun ? [] : await addPeople(deps, judged, joining, now);
    for (const { entry, verdict } of judged) outcomes[entry.row] = outcomeOf(verdict);
    open = left;
  }
  if (open.length > 0)
    throw new AppError("unavailable", "subscriber.contended", "Addresses kept changing hands; try again");
}

function outcomeOf({ kind }: Verdict): RowOutcome {
  return kind === "unreadable" ? { kind: "invalid", reason: unreadable } : { kind };
}
