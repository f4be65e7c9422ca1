import { timingSafeEqual } from "node:crypto";

/** Compares signatures in a time that tells nothing of where they differ. */
export function sameSignature(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
