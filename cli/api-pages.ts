import * as z from "zod";
import { type Call, type Connection, callApi } from "./api-client.ts";
import { callPatiently } from "./call-patiently.ts";

/** Items of a list of the API, page after page, as they are asked for. */
export async function* itemsOf<Item>(
  connection: Connection,
  shape: z.ZodType<Item>,
  { path, typedAs, query }: Pick<Call, "path" | "typedAs"> & { query: Record<string, string | undefined> },
): AsyncGenerator<Item> {
  const Page = z.object({ items: z.array(shape), next: z.string().optional() });
  let cursor: string | undefined;
  do {
    const asked = Object.entries({ limit: "100", ...query, cursor }).flatMap(
      ([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]),
    );
    const call = {
      method: "GET",
      path: `${path}?${new URLSearchParams(asked)}`,
      ...(typedAs && { typedAs }),
    } as const;
    // Whoever is refused at once is told at once.
    const once = () => callApi(connection, Page, call);
    const { body } = await (cursor === undefined ? once() : callPatiently(once));
    yield* body.items;
    cursor = body.next;
  } while (cursor !== undefined);
}
