import { handler } from "../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "./events.ts";
import { progressToken } from "./progress.ts";
import type { TestService } from "./service.ts";
import { newestMail, sendAll } from "./walk.ts";

/** What somebody does on the pages about their data; each answers what the page says then. */
export function accountOf(service: TestService) {
  const call = (event: Parameters<ReturnType<typeof handler.with>>[0]) =>
    handler.with(service.depsOf("http"))(event, context);
  const post = (path: string, fields: Record<string, string>) => call(formPost(path, fields));
  return {
    get: (path: string) => call(httpEvent({ path })),
    post,
    askForLink: (token: string) => post("/progress/data", { token }),
    exportData: (token: string) => post("/account/export", { token }),
    changeAddress: (token: string, email: string) => post("/account/address", { token, email }),
    confirmAddress: (token: string) => post("/address", { token }),
    erase: (token: string, sure = "on") => post("/account/erase", { token, sure }),
  };
}

/** Somebody asks for a fresh link by their progress link, and reads it in their mailbox. */
export async function freshLink(service: TestService, id: string, email: string): Promise<string> {
  await accountOf(service).askForLink(await progressToken(service, id));
  await sendAll(service);
  return tokenIn(service, email, "account");
}

/** The token of the link in the newest mail to an address. */
export async function tokenIn(
  service: TestService,
  email: string,
  page: "account" | "address",
): Promise<string> {
  const { html } = await newestMail(service, email);
  return new RegExp(`/${page}/([^"]+)"`).exec(String(html))?.[1] ?? "";
}
