import type { Limit } from "../limit/limit-ports.ts";

const hour = 3600;

/**
 * How often one network may sign up. A school or a clinic behind one address signs up a class in an hour; who
 * types in more than sixty addresses a day is no reader.
 */
export const networkLimits: Limit[] = [
  { most: 20, seconds: hour },
  { most: 60, seconds: 24 * hour },
];

/** All open doors together: far above any good day, far below what would hurt the sender's good name. */
export const totalLimit: Limit = { most: 2000, seconds: hour };
