import { AppError } from "./errors.ts";

/**
 * Tries at once what dispatch would do within a minute anyway, because its task is already stored.
 * @returns whether it worked; a service that does not answer is no failure of the request, anything else is.
 */
export async function fastPath(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.kind === "unavailable") return false;
    throw error;
  }
}
