import { openForm } from "../../core/guard/form-time.ts";
import { ownSource } from "../../core/source/source.ts";
import { addMinutes } from "../../core/time/instant.ts";
import type { TestService } from "./service.ts";

/** What a form carries that somebody has opened a minute ago. */
export async function openedForm(
  service: Pick<TestService, "deps" | "clock">,
  source = ownSource,
): Promise<string> {
  return openForm(await service.deps.keys.ring(), source, addMinutes(service.clock.now(), -1));
}
