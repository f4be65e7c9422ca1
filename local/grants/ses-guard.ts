import type { ServiceManifest } from "../../infra/service.ts";
import { localAccount } from "../account.ts";
import { SesError } from "../ses/ses-error.ts";
import type { Call } from "./is-granted.ts";
import { deniedMessage, invalidToken, type Refusal, refusalOf } from "./refusal.ts";

/** Asked about each call of SES's API; answers why it is refused. */
export type SesGuard = (request: Request) => Promise<SesError | undefined>;

interface SendBody {
  FromEmailAddress?: string;
  Content?: { Simple?: object; Raw?: object; Template?: object };
}

/** Stands before SES. Its condition on the sender's address is left to AWS. */
export function sesGuard(manifest: ServiceManifest): SesGuard {
  return async (request) => {
    const body = request.method === "POST" ? await readSend(request) : {};
    const { pathname } = new URL(request.url);
    const signed = { authorization: request.headers.get("authorization"), url: request.url };
    const refusal = refusalOf(manifest, signed, (region) => [
      sesCall(region, request.method, pathname, body),
    ]);
    return refusal && errorOf(refusal);
  };
}

/** One operation, and an action for each kind of content; only sending is about our identity. */
function sesCall(
  region: string,
  method: string,
  pathname: string,
  { FromEmailAddress = "", Content }: SendBody,
): Call {
  const address = /<([^>]*)>/.exec(FromEmailAddress)?.[1] ?? FromEmailAddress;
  const sending = { on: "mail", arn: `arn:aws:ses:${region}:${localAccount}:identity/${address}` };
  if (pathname.endsWith("/outbound-bulk-emails")) return { ...sending, action: "ses:SendBulkEmail" };
  if (method === "GET" && pathname === "/v2/email/account")
    return { on: "account", arn: "*", action: "ses:GetAccount" };
  if (pathname.startsWith("/v2/email/suppression/addresses"))
    return { on: "account", arn: "*", action: suppressionAction(method, pathname) };
  if (!pathname.endsWith("/outbound-emails")) return { on: undefined, arn: "*", action: "ses:*" };
  if (Content?.Raw) return { ...sending, action: "ses:SendRawEmail" };
  return { ...sending, action: Content?.Template ? "ses:SendTemplatedEmail" : "ses:SendEmail" };
}

function suppressionAction(method: string, pathname: string): string {
  if (method === "PUT") return "ses:PutSuppressedDestination";
  if (method === "DELETE") return "ses:DeleteSuppressedDestination";
  return pathname.endsWith("/addresses") ? "ses:ListSuppressedDestinations" : "ses:GetSuppressedDestination";
}

function errorOf(refusal: Refusal): SesError {
  if (refusal.why === "unsigned")
    return new SesError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  if (refusal.why === "unknown-key") return new SesError(403, "UnrecognizedClientException", invalidToken);
  const { user, action, arn } = refusal;
  const message =
    arn === "*"
      ? deniedMessage(refusal)
      : `User \`${user}' is not authorized to perform \`${action}' on resource \`${arn}'`;
  return new SesError(403, "AccessDeniedException", message);
}

async function readSend(request: Request): Promise<SendBody> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  return typeof body === "object" && body !== null ? body : {};
}
