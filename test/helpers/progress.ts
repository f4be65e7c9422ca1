import { signToken } from "../../core/token/token.ts";
import { handler } from "../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "./events.ts";
import type { TestService } from "./service.ts";

/** The token of somebody's progress link. */
export async function progressToken({ deps }: TestService, subscriberId: string): Promise<string> {
  return signToken(await deps.keys.ring(), { purpose: "progress", subscriberId, list: "all" });
}

const webinar = { activity: "Webinar", category: "own", day: "2027-03-01", covers: "" };

/** What a reader does on the progress page; each answers what the page says then. */
export function progressOf(service: TestService, token: string) {
  const call = (event: Parameters<ReturnType<typeof handler.with>>[0]) =>
    handler.with(service.depsOf("http"))(event, context);
  return {
    open: () => call(httpEvent({ path: `/progress/${token}` })),
    markDone: (step: string, course = "records") => call(formPost("/progress", { token, course, step })),
    openDates: (below = "") => call(httpEvent({ path: `/progress/${token}/dates${below}` })),
    setDate: (label: string, date: string, { kind = "exam", credential = "" } = {}) =>
      call(formPost("/progress/dates", { token, kind, credential, label, date })),
    finishDate: (id: string, date: string, confirm = "yes") =>
      call(formPost("/progress/dates/done", { token, id, date, confirm })),
    passExam: (id: string) => call(formPost("/progress/dates/passed", { token, id })),
    removeDate: (id: string) => call(formPost("/progress/dates/remove", { token, id })),
    logHours: (hours: string, typed: Record<string, string> = {}) =>
      call(formPost("/progress/hours", { ...webinar, token, hours, ...typed })),
    removeHours: (id: string) => call(formPost("/progress/hours/remove", { token, id })),
  };
}
