import { secondsLeft } from "../limit/seconds-left.ts";
import {
  problemsOf,
  type SignUp,
  type SignUpDeps,
  type SignUpOutcome,
  signUp,
} from "../subscriber/sign-up.ts";
import { totalLimit } from "./door-limits.ts";
import { suggestAddress } from "./suggest-address.ts";

export type OpenOutcome =
  | SignUpOutcome
  /** The address looks like a slip of the keyboard; nothing was done. */
  | { status: "mistyped"; suggestion: string }
  | { status: "too-many"; retryAfterSeconds: number };

/** A signup by a door that anybody may use; `asTyped` says that the address is meant as it is. */
export async function signUpOpenly(
  deps: SignUpDeps,
  input: SignUp & { asTyped: boolean },
): Promise<OpenOutcome> {
  const { asTyped, ...asked } = input;
  const suggestion = asTyped ? undefined : suggestAddress(asked.email);
  if (suggestion) return { status: "mistyped", suggestion };
  // Before it counts for all: what is refused sends no mail, and must not keep others out.
  const problems = problemsOf(deps, asked);
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };
  const now = deps.clock.now();
  if (!(await deps.limits.take("all", totalLimit, now)))
    return { status: "too-many", retryAfterSeconds: secondsLeft(totalLimit, now) };
  return signUp(deps, asked);
}
