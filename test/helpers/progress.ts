import { signToken } from "../../core/token/token.ts";
import { handler } from "../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "./events.ts";
import type { TestService } from "./service.ts";

/** The token of somebody's progress link. */
export async function progressToken({ deps }: TestService, subscriberId: string): Promise<string> {
  return signToken(await deps.keys.ring(), { purpose: "progress", subscriberId, list: "all" });
}

/** What a reader does on the progress page; each answers what the page says then. */
export function progressOf(service: TestService, token: string) {
  const call = (event: Parameters<ReturnType<typeof handler.with>>[0]) =>
    handler.with(service.depsOf("http"))(event, context);
  return {
    open: () => call(httpEvent({ path: `/progress/${token}` })),
    markDone: (step: string, course = "records") => call(formPost("/progress", { token, course, step })),
    setDate: (label: string, date: string, daysBefore: number | string) =>
      call(formPost("/progress/dates", { token, label, date, daysBefore: String(daysBefore) })),
    removeDate: (id: string) => call(formPost("/progress/dates/remove", { token, id })),
  };
}
