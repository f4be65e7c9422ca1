import Table from "cli-table3";
import * as z from "zod";
import { roles, scopes, scopesOf } from "../../core/admin/scopes.ts";

/** A key as the API lists it. */
export const ListedKey = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string(),
  createdBy: z.string().optional(),
});
export type ListedKey = z.infer<typeof ListedKey>;

/** Keys as a table. */
export function tableOf(keys: ListedKey[]): string {
  const table = new Table({
    head: ["Id", "Name", "May", "Made on", "By"],
    style: { head: [], border: [] },
    colWidths: [null, null, 44],
    wordWrap: true,
  });
  for (const key of keys)
    table.push([key.id, key.name, mayWords(key), key.createdAt.slice(0, 10), key.createdBy ?? "–"]);
  return table.toString();
}

/** What a key may do: the name of a role, or its scopes. */
function mayWords({ scopes: some }: ListedKey): string {
  const role = roles.find((name) => {
    const all = scopesOf(name);
    return all.length === some.length && all.every((scope) => some.includes(scope));
  });
  return role ?? some.join(", ");
}

/** How a new key is told, once. */
export function newKeyWords(key: string): string {
  return `${key}\n\nThis is the only time it is shown. Keep it safe, and let commands use it:\n  export STEPLETTER_KEY=${key}`;
}
