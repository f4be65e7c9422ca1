import { addMinutes, type Instant } from "../../core/time/instant.ts";
import type { Runtime } from "../runtime.ts";
import type { LocalSes } from "../ses/start-local-ses.ts";
import { type Letter, readLetters } from "./letters.ts";
import type { Person } from "./people.ts";
import {
  confirm,
  finishDate,
  type Hook,
  leaveByOneClick,
  leaveByPage,
  logHours,
  markDone,
  type OpenPage,
  openPage,
  pauseUntil,
  removeDate,
  setDate,
  setPace,
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
  const byForm = signsUpByForm(urls.app, person);
  const acts: Act[] = byWebhook ? [{ at, run: () => signUpByWebhook(hook, person, at) }] : byForm(at);
  if (person.confirmsAt) {
    acts.push({ at: person.confirmsAt, run: () => confirm(letter(({ kind }) => kind === "confirm")) });
  }
  const story: Partial<Record<Person["story"], () => Promise<void>>> = {
    "one-click": () => leaveByOneClick(letter(isOfList)),
    page: () => leaveByPage(letter(isOfList)),
    bounces: async () => ses.mailbox(person.mailbox).closesWith("bounce"),
    complains: async () => ses.mailbox(person.mailbox).closesWith("complaint"),
  };
  if (person.story === "signs-up-twice" && person.storyAt)
    acts.push(...byForm(person.storyAt, shouted(person.email)));
  const act = story[person.story];
  if (act && person.storyAt) acts.push({ at: person.storyAt, run: act });
  return acts;
}

/** Someone opens the page, and a minute later sends its form. */
function signsUpByForm(appUrl: string, person: Person): (at: Instant, email?: string) => Act[] {
  return (at, email) => {
    let page: Promise<OpenPage> | undefined;
    const open = () => {
      page ??= openPage(appUrl);
      return page;
    };
    return [
      { at: addMinutes(at, -1), run: async () => void (await open()) },
      { at, run: async () => signUp(await open(), person, email) },
    ];
  };
}

/** What someone does on the page behind the progress link of the newest mail of the course. */
function deedsOf(person: Person, ses: LocalSes): Act[] {
  const letter = () => newest(readLetters(ses), person, isOfList);
  return person.deeds.flatMap(({ deed, at, detail }): Act[] => {
    if (!at) return [];
    if (deed === "marks-done") return [{ at, run: () => markDone(letter(), detail) }];
    if (deed === "hastens") return [{ at, run: () => markDone(letter(), detail, { sooner: true }) }];
    if (deed === "sets-pace") return [{ at, run: () => setPace(letter(), person.zone, detail) }];
    if (deed === "pauses") return [{ at, run: () => pauseUntil(letter(), detail) }];
    if (deed === "sets-date") return [{ at, run: () => setDate(letter(), detail) }];
    if (deed === "removes-date") return [{ at, run: () => removeDate(letter(), detail) }];
    if (deed === "logs-hours") return [{ at, run: () => logHours(letter(), detail) }];
    return deed === "is-done" ? [{ at, run: () => finishDate(letter(), detail) }] : [];
  });
}

function isOfList({ kind }: Letter): boolean {
  return kind !== "confirm" && kind !== "confirm-reminder";
}

function newest(letters: Letter[], { mailbox }: Person, pick: (letter: Letter) => boolean): Letter {
  const letter = letters.findLast((candidate) => candidate.mailbox === mailbox && pick(candidate));
  if (!letter) throw new Error(`${mailbox} has no mail to act on`);
  return letter;
}
