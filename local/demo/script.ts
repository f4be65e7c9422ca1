import type { Instant } from "../../core/time/instant.ts";
import type { Runtime } from "../runtime.ts";
import type { LocalSes } from "../ses/start-local-ses.ts";
import { type Letter, readLetters } from "./letters.ts";
import type { Person } from "./people.ts";
import {
  confirm,
  type Hook,
  leaveByOneClick,
  leaveByPage,
  markDone,
  removeDate,
  setDate,
  shouted,
  signUp,
  signUpByWebhook,
} from "./visitor.ts";

/** Something that someone does at an instant. */
export interface Act {
  at: Instant;
  run(): Promise<void>;
}

/** What all people of the demo do. */
export function writeScript(people: Person[], runtime: Runtime, ses: LocalSes, hook: Hook): Act[] {
  return people.flatMap((person) => [...actsOf(person, runtime, ses, hook), ...deedsOf(person, ses)]);
}

/** Acts in the order of time; what happens at one instant stays in the order in which it was written. */
export function inOrder(acts: Act[]): Act[] {
  return acts.toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

function actsOf(person: Person, { urls }: Runtime, ses: LocalSes, hook: Hook): Act[] {
  const letter = (pick: (letter: Letter) => boolean) => newest(readLetters(ses), person, pick);
  const byWebhook = person.deeds.some(({ deed }) => deed === "signs-up-by-webhook");
  const at = person.signsUpAt;
  const acts: Act[] = [
    { at, run: () => (byWebhook ? signUpByWebhook(hook, person, at) : signUp(urls.app, person)) },
  ];
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

/** What someone does on the page behind the progress link of the newest mail of the course. */
function deedsOf(person: Person, ses: LocalSes): Act[] {
  const letter = () => newest(readLetters(ses), person, ({ kind }) => kind !== "confirm");
  return person.deeds.flatMap(({ deed, at, detail }): Act[] => {
    if (!at) return [];
    if (deed === "marks-done") return [{ at, run: () => markDone(letter(), detail) }];
    if (deed === "sets-date") return [{ at, run: () => setDate(letter(), detail) }];
    return deed === "removes-date" ? [{ at, run: () => removeDate(letter()) }] : [];
  });
}

function newest(letters: Letter[], { mailbox }: Person, pick: (letter: Letter) => boolean): Letter {
  const letter = letters.findLast((candidate) => candidate.mailbox === mailbox && pick(candidate));
  if (!letter) throw new Error(`${mailbox} has no mail to act on`);
  return letter;
}
