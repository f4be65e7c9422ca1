import { AppError } from "../errors.ts";
import type { Subscriber } from "./subscriber.ts";

/**
 * A profile as it was loaded among others.
 * @throws AppError `subscriber.unreadable`: for this one alone, and not to be taken for somebody who is gone.
 */
export function readable(loaded: Subscriber | "unreadable" | undefined): Subscriber | undefined {
  if (loaded !== "unreadable") return loaded;
  throw new AppError("invalid", "subscriber.unreadable", "The row of a subscriber cannot be read");
}
