import { problem } from "../edge/problem.ts";
import { linkRefusals } from "./link-refusals.ts";

/** Of what a fresh link opens. */
export const accountRefusals = {
  ...linkRefusals,
  expired: problem(
    410,
    "token.expired",
    "This link has expired",
    "A link to your data is good for one hour. Ask for another one under “Your data” on your progress page, which every mail leads to.",
  ),
  "too-often": problem(
    429,
    "address.too-often",
    "You have asked for this a short while ago",
    "An address can be changed once in 24 hours, and three times in 30 days. Nothing was changed now; try again later.",
  ),
} as const;

/** Of the link that confirms a new address. */
export const addressRefusals = {
  forged: linkRefusals.forged,
  expired: problem(
    410,
    "token.expired",
    "This link has expired",
    "A link to a new address is good for 24 hours. Nothing was changed. Ask for the change once more, under “Your data” on your progress page.",
  ),
  void: problem(
    410,
    "address.void",
    "This link is not good any more",
    "You have asked for another address since, or have taken the request back. Nothing was changed by this link.",
  ),
  taken: problem(
    409,
    "address.taken",
    "This address gets mails of its own",
    "Somebody has signed up with this address already, perhaps you yourself. Nothing was changed. Leave those mails first, and write to us at the address below if you want to bring both together.",
  ),
  suppressed: problem(
    409,
    "address.unreachable",
    "We cannot send to this address",
    "Mail to it came back, or was reported as unwanted. Nothing was changed; your mails go where they went before.",
  ),
} as const;
