import { readFile } from "node:fs/promises";
import { type Context, Hono } from "hono";
import { simpleParser } from "mailparser";
import type { MailStore } from "../mail-store.ts";
import { listPage } from "./list-page.ts";
import { mailPage } from "./mail-page.ts";

/** What the inbox pages need. */
export interface InboxDeps {
  store: MailStore;
  signupUrl?: string;
}

const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'";
const mailPolicy = [
  "sandbox allow-popups allow-popups-to-escape-sandbox",
  "default-src 'none'",
  "img-src http: https: data:",
  "style-src 'unsafe-inline' https:",
  "font-src https: data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The inbox page, and pages and files of each mail. */
export function inboxRoutes({ store, signupUrl }: InboxDeps): Hono {
  const open = async (c: Context) => {
    const mail = store.find(c.req.param("id") ?? "");
    if (!mail) return undefined;
    const eml = await readFile(mail.emlPath);
    return { mail, eml };
  };
  return new Hono()
    .use(async (c, next) => {
      await next();
      c.header("Cache-Control", "no-store");
      c.header("X-Content-Type-Options", "nosniff");
    })
    .get("/", (c) => {
      const query = {
        address: c.req.query("address") ?? "",
        page: Math.max(1, Number(c.req.query("page")) || 1),
      };
      return c.html(listPage(store.mails(), query, signupUrl), 200, {
        "Content-Security-Policy": pagePolicy,
      });
    })
    .get("/mail/:id", async (c) => {
      const found = await open(c);
      if (!found) return c.text("There is no such mail.", 404);
      const parsed = await simpleParser(found.eml);
      return c.html(mailPage(found.mail, parsed), 200, { "Content-Security-Policy": pagePolicy });
    })
    .get("/mail/:id/html", async (c) => {
      const found = await open(c);
      const parsed = found && (await simpleParser(found.eml));
      if (!parsed || typeof parsed.html !== "string") return c.text("There is no such mail.", 404);
      return c.html(openLinksOutside(parsed.html), 200, { "Content-Security-Policy": mailPolicy });
    })
    .get("/mail/:id/raw", async (c) => {
      const found = await open(c);
      if (!found) return c.text("There is no such mail.", 404);
      return c.body(new Uint8Array(found.eml), 200, {
        "Content-Type": "message/rfc822",
        "Content-Disposition": `attachment; filename="${found.mail.messageId}.eml"`,
      });
    });
}

// A page opened inside the frame would be without scripts and forms, and its buttons dead.
function openLinksOutside(text: string): string {
  const base = '<base target="_blank">';
  const place = /<head[^>]*>/i.exec(text) ?? /<html[^>]*>/i.exec(text) ?? /<!doctype[^>]*>/i.exec(text);
  if (!place) return base + text;
  const end = place.index + place[0].length;
  return text.slice(0, end) + base + text.slice(end);
}
