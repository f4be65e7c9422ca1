import type { MiddlewareHandler } from "hono";

const policy = policyWith([]);

/**
 * The policy of a page. Browsers hold a redirect after a form to the policy of the form's page, so a page whose form may
 * lead to another site has to name it.
 */
export function policyWith(formTargets: string[]): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    ["form-action 'self'", ...new Set(formTargets.map((target) => new URL(target).origin))].join(" "),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers of every answer: nothing from elsewhere, no token in a referrer, and nothing kept but the assets. */
export const secureHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has("Content-Security-Policy")) c.header("Content-Security-Policy", policy);
  c.header("Referrer-Policy", "no-referrer");
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Strict-Transport-Security", "max-age=31536000");
  if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
};
