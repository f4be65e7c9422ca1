import { allowedPage } from "../source/source.ts";
import type { Sources } from "../source/source-ports.ts";
import type { Subscriber } from "./subscriber.ts";

/** The page that the source of a request wants people to see once they have confirmed; undefined for our own. */
export async function afterConfirmPage(
  { sources }: { sources: Pick<Sources, "load"> },
  { source, afterConfirm }: Pick<Subscriber["consent"], "source" | "afterConfirm">,
): Promise<string | undefined> {
  const from = await sources.load(source);
  return from && allowedPage(from.afterConfirm, afterConfirm);
}
