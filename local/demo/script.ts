import type { Instant } from "../../core/time/instant.ts";
import type { Runtime } from "../runtime.ts";
import type { LocalSes } from "../ses/start-local-ses.ts";
import { type Letter, readLetters } from "./letters.ts";
import type { Person } from "./people.ts";
import { confirm, leaveByOneClick, leaveByPage, shouted, signUp } from "./visitor.ts";

/** Something that someone does at an instant. */
export interface Act {
  at: Instant;
  run(): Promise<void>;
}

/** What all people of the demo do, in the order of time. */
export function writeScript(people: Person[], runtime: Runtime, ses: LocalSes): Act[] {
  return people.flatMap((person) => actsOf(person, runtime, ses)).sort((a, b) => (a.at < b.at ? -1 : 1));
}

function actsOf(person: Person, { urls }: Runtime, ses: LocalSes): Act[] {
  const letter = (pick: (letter: Letter) => boolean) => newest(readLetters(ses), person, pick);
  const acts: Act[] = [{ at: person.signsUpAt, run: () => signUp(urls.app, person) }];
  if (person.confirmsAt) {
    acts.push({ at: person.confirmsAt, run: () => confirm(letter(({ kind }) => kind === "confirm")) });
  }
  const story: Partial<Record<Person["story"], () => Promise<void>>> = {
    "one-click": () => leaveByOneClick(letter(({ kind }) => kind !== "confirm")),
    page: () => leaveByPage(letter(({ kind }) => kind !== "confirm")),
    bounces: async () => ses.mailbox(person.mailbox).closesWith("bounce"),
    complains: async () => ses.mailbox(person.mailbox).closesWith("complaint"),
    "signs-up-twice": () => signUp(urls.app, person, shouted(person.email)),
  };
  const act = story[person.story];
  if (act && person.storyAt) acts.push({ at: person.storyAt, run: act });
  return acts;
}

function newest(letters: Letter[], { mailbox }: Person, pick: (letter: Letter) => boolean): Letter {
  const letter = letters.findLast((candidate) => candidate.mailbox === mailbox && pick(candidate));
  if (!letter) throw new Error(`${mailbox} has no mail to act on`);
  return letter;
}
