import { randomBytes } from "node:crypto";
import type { Ids } from "../core/ids.ts";

const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ids of 130 random bits, in 26 letters that are hard to confuse. */
export const randomIds: Ids = {
  next(prefix) {
    const id = Array.from(randomBytes(26), (byte) => letters[byte % letters.length]).join("");
    return `${prefix}_${id}`;
  },
};
