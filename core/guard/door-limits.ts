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

/** The same for a /56 of IPv6, which many providers give to one household and some to a street. */
export const wideNetworkLimits: Limit[] = [
  { most: 60, seconds: hour },
  { most: 180, seconds: 24 * hour },
];

/**
 * How many mails that nobody has confirmed yet go to one mailbox, however its address is spelled; in spans from the
 * epoch. Each address has its own cap besides.
 */
export const mailboxLimits: Limit[] = [
  { most: 3, seconds: 24 * hour },
  { most: 6, seconds: 30 * 24 * hour },
];

/** All open doors together: far above any good day, far below what would hurt the sender's good name. */
export const totalLimit: Limit = { most: 2000, seconds: hour };
