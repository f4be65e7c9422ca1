import type { ServiceManifest } from "../../infra/service.ts";
import { localAccount } from "../account.ts";
import { type Call, isGranted, isKnown, operators } from "./is-granted.ts";

/** Why a request is not carried out; each service has words of its own for it. */
export type Refusal =
  | { why: "unsigned" }
  | { why: "unknown-key" }
  | { why: "denied"; user: string; action: string; arn: string };

/** Where a request says who signs it: the header, or, presigned, the address. */
export interface Signed {
  authorization: string | null | undefined;
  url: string;
}

/** What tokens of nobody are answered. */
export const invalidToken = "The security token included in the request is invalid.";

/**
 * Asks the manifest about a request; undefined if all of it is granted. The signature is not checked: the key
 * only tells who asks. `callsOf` is not asked about an operator's request, which may be large.
 */
export function refusalOf(
  manifest: ServiceManifest,
  signed: Signed,
  callsOf: (region: string) => Call[],
): Refusal | undefined {
  const [caller, , region = ""] = credentialOf(signed)?.split("/") ?? [];
  if (!caller) return { why: "unsigned" };
  if (operators.includes(caller)) return undefined;
  if (!isKnown(manifest, caller)) return { why: "unknown-key" };
  const denied = callsOf(region).find((call) => !isGranted(manifest, caller, call));
  if (!denied) return undefined;
  const user = `arn:aws:sts::${localAccount}:assumed-role/${caller}/${caller}`;
  return { why: "denied", user, action: denied.action, arn: denied.arn };
}

/** How most services put it that a user may not do something. */
export function deniedMessage({ user, action, arn }: Extract<Refusal, { why: "denied" }>): string {
  return `User: ${user} is not authorized to perform: ${action} on resource: ${arn} because no identity-based policy allows the ${action} action`;
}

function credentialOf({ authorization, url }: Signed): string | undefined {
  if (authorization) return /\bCredential=([^,\s]+)/.exec(authorization)?.[1];
  return new URL(url, "http://localhost").searchParams.get("X-Amz-Credential") ?? undefined;
}
