import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type * as z from "zod";
import { DoorFields } from "./sign-up-fields.ts";

const readers: Record<string, (c: Context) => Promise<unknown>> = {
  "application/json": (c) => c.req.json(),
  "application/x-www-form-urlencoded": (c) => c.req.parseBody(),
  "multipart/form-data": (c) => c.req.parseBody(),
};

/** Fields as they were sent, not yet looked at. */
export type Sent = Record<string, unknown>;

/**
 * Reads what a form or a program has sent.
 * @throws HTTPException 415 for a body of another type, 400 for one that cannot be read.
 */
export async function readSent(c: Context): Promise<Sent> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!read) {
    throw new HTTPException(415, {
      message: "Send the form as application/x-www-form-urlencoded, or JSON as application/json.",
    });
  }
  const sent = await read(c).catch(() => undefined);
  if (sent === null || typeof sent !== "object" || Array.isArray(sent)) throw unreadable();
  return sent as Sent;
}

/**
 * The fields of a signup among what was sent.
 * @throws HTTPException 400 where one is missing or of another kind.
 */
export function readDoorFields(sent: Sent): z.infer<typeof DoorFields> {
  const fields = DoorFields.safeParse(sent);
  if (!fields.success) throw unreadable();
  return fields.data;
}

/** A field as text, empty if it is not there, or is neither text, number nor boolean. */
export function textOf(sent: Sent, name: string): string {
  const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : "";
}

/** Whether anything at all is in a field, of whatever kind. */
export function isFilled(sent: Sent, name: string): boolean {
  const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
  return value !== undefined && value !== null && value !== "";
}

/** What somebody has entered, to be posted on unseen: texts of the fields that a signup has. */
export function enteredIn(sent: Sent): Record<string, string> {
  const entered = Object.keys(DoorFields.shape).map((name) => [name, textOf(sent, name)] as const);
  return Object.fromEntries(entered.filter(([, value]) => value !== "" && value.length <= 1000));
}

function unreadable(): HTTPException {
  return new HTTPException(400, {
    message:
      "Send the fields email, and if you like name, zone and course, as text, and digest and reminders as true or false.",
  });
}
