import { handler } from "../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "./events.ts";
import type { TestService } from "./service.ts";

/** The form of the pace as a reader in New York finds it. */
const untouched = { speed: "weekly", day: "any", hour: "default", zone: "America/New_York", nudges: "on" };

/** What a reader does on the page of their settings; each answers what the page says then. */
export function settingsOf(service: TestService, token: string) {
  const call = (event: Parameters<ReturnType<typeof handler.with>>[0]) =>
    handler.with(service.depsOf("http"))(event, context);
  const post = (what: string, fields: Record<string, string>) =>
    call(formPost(`/progress/settings/${what}`, { token, ...fields }));
  return {
    open: () => call(httpEvent({ path: `/progress/${token}/settings` })),
    setPace: (fields: Partial<typeof untouched> = {}) => post("pace", { ...untouched, ...fields }),
    pause: (fields: { until?: string; weeks?: string; resume?: string }) => post("pause", fields),
    leave: (list: string) => post("leave", { list }),
    leaveAll: () => post("leave", { all: "yes" }),
    setTopics: (topics: string[], every?: string) =>
      call(
        httpEvent({
          method: "POST",
          path: "/progress/settings/topics",
          headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
          body: new URLSearchParams([
            ["token", token],
            ...(every === undefined ? [] : [["every", every] as [string, string]]),
            ...topics.map((topic): [string, string] => ["topics", topic]),
          ]).toString(),
        }),
      ),
  };
}
