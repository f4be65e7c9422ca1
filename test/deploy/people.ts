import { ask, linkIn, mailTo, type World } from "./world.ts";

/** Who walks the course of minutes, there and on this machine; each is called by what they do. */
export const people = {
  walker: "walker@example.com",
  leaver: "leaver@example.com",
  bouncer: "bouncer@example.com",
  silent: "silent@example.com",
};

/** Someone signs up by the form, with these boxes ticked, and gets the confirmation mail. */
export async function signUp(world: World, email: string, boxes: Record<string, string> = {}): Promise<void> {
  const started = /name="started" value="([^"]+)"/.exec(await ask(world, "/"))?.[1] ?? "";
  // As long as people need to fill in the form.
  await world.pass(2.5);
  await ask(world, "/signup", { started, email, name: "Sam", zone: "America/New_York", ...boxes });
  await mailTo(world, email, "confirm_");
}

/** Opens the link of the confirmation mail and presses the button on its page. */
export async function confirm(world: World, email: string): Promise<void> {
  const link = await linkIn(await mailTo(world, email, "confirm_"), "confirm");
  const token = /name="token" value="([^"]+)"/.exec(await ask(world, link))?.[1] ?? "";
  await ask(world, "/confirm", { token });
}

/** Everybody signs up; all but one confirm; one mailbox is closed from then on. */
export async function join(world: World): Promise<void> {
  for (const email of Object.values(people)) await signUp(world, email);
  for (const email of [people.walker, people.leaver, people.bouncer]) await confirm(world, email);
  world.ses.mailbox(people.bouncer).closesWith("bounce");
}

/** What happens on the first mail of the course: one leaves as mail programs do it for their readers. */
export async function answerWelcome(world: World, seconds: number): Promise<void> {
  await mailTo(world, people.walker, welcome, seconds);
  await mailTo(world, people.bouncer, welcome, seconds);
  const mail = await mailTo(world, people.leaver, welcome, seconds);
  const header = mail.headers.find(({ name }) => name === "List-Unsubscribe")?.value ?? "";
  const address = /<(https?:[^>]+)>/.exec(header)?.[1] ?? "";
  await ask(world, new URL(address).pathname, { "List-Unsubscribe": "One-Click" });
}

const welcome = "course_minutes_run-1_welcome";
