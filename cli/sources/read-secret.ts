import { text } from "node:stream/consumers";
import { isSourceSecret } from "../../adapters/ssm/keys.ts";
import { newSourceSecret } from "../../core/source/source-secrets.ts";
import { misuse } from "../failure.ts";

/**
 * A secret of a source: a new one, or one that its site has made, which is read where no list of processes shows it.
 * @throws Failure when it is none.
 */
export async function readSecret(kind: "standard" | "hmac", fromStdin: boolean | undefined): Promise<string> {
  if (!fromStdin) return newSourceSecret(kind);
  const secret = (await text(process.stdin)).trim();
  if (isSourceSecret(kind, secret)) return secret;
  throw misuse(
    kind === "standard"
      ? "This is no secret of Standard Webhooks: whsec_ and the base64 of 24 to 64 bytes."
      : "This is no secret that can be used: 16 to 200 letters, digits or signs, without spaces.",
  );
}
