import type { Subscribers } from "../ports.ts";
import type { ListedSuppression, SuppressionList } from "./suppression-ports.ts";

export interface ListSuppressionsDeps {
  suppressionList: Pick<SuppressionList, "page">;
  subscribers: Pick<Subscribers, "loadMany">;
}

/** A suppression with its address, as far as that is known: by itself it is a hash. */
export interface ShownSuppression extends ListedSuppression {
  address?: string;
}

/** One page of the addresses that are not written to, in the order of their hashes. */
export async function listSuppressions(
  { suppressionList, subscribers }: ListSuppressionsDeps,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ suppressions: ShownSuppression[]; cursor?: string }> {
  const page = await suppressionList.page(cursor, limit);
  const people = await subscribers.loadMany(
    page.suppressions.flatMap(({ subscriberId }) => subscriberId ?? []),
  );
  const suppressions = page.suppressions.map((suppression) => {
    const person = people.get(suppression.subscriberId ?? "");
    // Who has moved since lives at another address.
    const lives = person && person !== "unreadable" && person.addressHash === suppression.addressHash;
    return { ...suppression, ...(lives && { address: person.address }) };
  });
  return { suppressions, ...(page.cursor !== undefined && { cursor: page.cursor }) };
}
