import type { Catalogue } from "../core/catalogue.ts";
import { Failure } from "./failure.ts";

/** What the build has made. @throws Failure when nothing is built yet. */
export async function builtCatalogue(): Promise<Catalogue> {
  try {
    return (await import("../dist/catalogue.ts")).catalogue;
  } catch (cause) {
    throw new Failure("catalogue.missing", "Nothing is built yet: npm run build, and try again.", { cause });
  }
}
