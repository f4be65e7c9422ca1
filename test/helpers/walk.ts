import { readFile } from "node:fs/promises";
import type { ParsedMail } from "mailparser";
import { simpleParser } from "mailparser";
import { handler as http } from "../../functions/http/handler.ts";
import { handler as sendPacket } from "../../functions/queue/send-packet.ts";
import { handler as dispatch } from "../../functions/schedule/dispatch.ts";
import { context, formPost, scheduleEvent, sqsEvent } from "./events.ts";
import { openedForm } from "./opened-form.ts";
import type { TestService } from "./service.ts";

const signUps = new WeakMap<TestService, number>();

/** One minute's tick, then every packet that it rang for. */
export async function tick(service: TestService): Promise<void> {
  await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
  await sendAll(service);
}

/** Hands every message of the send queues to the handler. */
export async function sendAll(service: TestService): Promise<void> {
  for (const queue of ["send-now", "send-bulk"] as const) {
    for (
      let bodies = await service.messages(queue);
      bodies.length > 0;
      bodies = await service.messages(queue)
    ) {
      for (const body of bodies) await sendPacket.with(service.depsOf("send-packet"))(sqsEvent(body));
    }
  }
}

/** Someone signs up by the form and gets the confirmation mail; answers the subscriber's id. */
export async function signUp(
  service: TestService,
  email: string,
  fields: Record<string, string> = {},
): Promise<string> {
  await http.with(service.depsOf("http"))(
    formPost(
      "/signup",
      { started: await openedForm(service), email, zone: "America/New_York", ...fields },
      { from: nextNetwork(service) },
    ),
    context,
  );
  await sendAll(service);
  return service.ses.mails().findLast(({ to }) => to.includes(email))?.tags.subscriber ?? "";
}

/** Someone signs up and presses the button behind the link in the confirmation mail. */
export async function join(
  service: TestService,
  email: string,
  fields: Record<string, string> = {},
): Promise<string> {
  const id = await signUp(service, email, fields);
  const token = await linkToken(service, email, "confirm");
  await http.with(service.depsOf("http"))(formPost("/confirm", { token }), context);
  return id;
}

/** The newest mail to an address, read back by a MIME parser. */
export async function newestMail(service: TestService, email: string): Promise<ParsedMail> {
  const mail = service.ses.mails().findLast(({ to }) => to.includes(email));
  if (!mail) throw new Error(`No mail came to ${email}`);
  return simpleParser(await readFile(mail.emlPath));
}

/** The token of the link in the newest mail to an address. */
export async function linkToken(
  service: TestService,
  email: string,
  page: "confirm" | "unsubscribe" | "progress",
): Promise<string> {
  const { html } = await newestMail(service, email);
  return new RegExp(`/${page}/([^"]+)"`).exec(String(html))?.[1] ?? "";
}

/** What came to an address: the steps of mailings, oldest first. */
export function received(service: TestService, email: string): string[] {
  return service.ses
    .mails()
    .filter(({ to }) => to.includes(email))
    .map(({ tags }) => tags.mailing ?? "");
}

/** Where the next signup comes from: few enough from each network that none is too many. */
function nextNetwork(service: TestService): string {
  const count = signUps.get(service) ?? 0;
  signUps.set(service, count + 1);
  return `192.0.${2 + Math.floor(count / 15)}.7`;
}
