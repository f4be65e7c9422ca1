import { fastPath } from "../fast-path.ts";
import { beginErasing } from "./erase-person.ts";
import { type FinishErasingDeps, sweepPerson } from "./finish-erasing.ts";

/** Erases a person because they have asked an admin to: as if they had pressed the button themselves. */
export async function eraseSubscriber(
  deps: FinishErasingDeps,
  { id }: { id: string },
): Promise<{ status: "erased" | "missing" }> {
  const known = await deps.subscribers.load(id);
  if (!known || known.todo.erase !== undefined) return { status: "missing" };
  const erased = await beginErasing(deps, id);
  if (erased) await fastPath(async () => void (await sweepPerson(deps, erased)));
  return { status: "erased" };
}
