import type { Context } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { ownSource, type Source, sourceName } from "../../core/source/source.ts";

/** A door that anybody may use: our own form, or a form of another site. */
export interface Door extends Pick<Source, "name" | "sites" | "thankYou" | "afterConfirm"> {
  action: string;
}

const ownDoor: Door = { name: ownSource, action: "/signup", sites: [], thankYou: [], afterConfirm: [] };

/** The door of that name; of other sites only forms are, since webhooks sign. */
export async function findDoor(deps: HttpDeps, name: string | undefined): Promise<Door | undefined> {
  if (name === undefined) return ownDoor;
  const source = sourceName.test(name) ? await deps.sources.load(name) : undefined;
  return source?.kind === "form" ? { ...source, action: `/signup/${name}` } : undefined;
}

/** Lets scripts of the sites that a door names read its answers; no cookie takes part. */
export function allowOrigin(c: Context, door: Door | undefined): void {
  c.header("Vary", "Origin", { append: true });
  const origin = c.req.header("origin");
  if (origin && door?.sites.includes(origin)) c.header("Access-Control-Allow-Origin", origin);
}
