import { allowedPage } from "../source/source.ts";
import type { Sources } from "../source/source-ports.ts";
import type { Subscriber } from "./subscriber.ts";

/** Neither is our own page: that of no source, and of one that could not be read. */
export interface AfterConfirm {
  page?: string;
  /** Why the source could not be read, for the log. */
  failure?: unknown;
}

/** The page that the source of a request wants people to see once they have confirmed. It is not worth failing for. */
export async function afterConfirmPage(
  { sources }: { sources: Pick<Sources, "load"> },
  { source, afterConfirm }: Pick<Subscriber["consent"], "source" | "afterConfirm">,
): Promise<AfterConfirm> {
  try {
    const from = await sources.load(source);
    const page = from && allowedPage(from.afterConfirm, afterConfirm);
    return page === undefined ? {} : { page };
  } catch (failure) {
    return { failure };
  }
}
