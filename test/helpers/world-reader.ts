import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { addMinutes } from "../../core/time/instant.ts";
import type { World } from "./world.ts";

/** What a person does by hand, page by page, as browsers without scripts do it. */
export function readerOf(world: World, address: string) {
  const linkIn = async (kind: string, page: string): Promise<string> => {
    const links = world.linksIn(await world.mail(address, kind));
    const link = links.find((candidate) => new URL(candidate).pathname.startsWith(`/${page}/`));
    if (!link) throw new Error(`The mail of the kind ${kind} has no link to ${page}`);
    return link;
  };
  const tokenOf = async (kind: string, page: string) =>
    new URL(await linkIn(kind, page)).pathname.split("/")[2] ?? "";
  const post = async (path: string, fields: Record<string, string>): Promise<string> => {
    const answer = await fetch(`${world.app}/${path}`, { method: "POST", body: new URLSearchParams(fields) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST /${path} was answered with ${answer.status}`);
    await world.runtime.idle();
    return text;
  };
  return {
    async signUp(fields: Record<string, string>) {
      const page = await (await fetch(world.app)).text();
      const started = /name="started" value="([^"]+)"/.exec(page)?.[1] ?? "";
      await world.until(addMinutes(world.runtime.clock.now(), 1));
      await post("signup", { email: address, zone: "America/New_York", started, ...fields });
    },
    confirm: async () => {
      await post("confirm", { token: await tokenOf("confirm", "confirm") });
      await world.afterHours(1);
    },
    /** Presses a button of the pages behind the progress link of the newest step. */
    press: async (path: string, fields: Record<string, string>) =>
      post(path, { token: await tokenOf("course", "progress"), ...fields }),
    pressAccount: async (what: string, fields: Record<string, string>) =>
      post(`account/${what}`, { token: await tokenOf("access", "account"), ...fields }),
    unsubscribe: async () => post("unsubscribe", { token: await tokenOf("course", "unsubscribe") }),
    page: async (path: string) =>
      (await fetch(`${world.app}/${path}/${await tokenOf("course", "progress")}`)).text(),
    async profile(): Promise<Subscriber | undefined> {
      const mail = world.runtime.ses?.mails().find(({ to }) => to.includes(address));
      return world.deps.subscribers.load(mail?.tags.subscriber ?? "");
    },
  };
}
