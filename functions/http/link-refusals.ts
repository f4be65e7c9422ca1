import { problem } from "../edge/problem.ts";

/** What readers are told whose link is not good, or who are not known any more. */
export const linkRefusals = {
  forged: problem(
    403,
    "token.forged",
    "This link is not complete",
    "Open the link in the mail once more, or copy all of it: mail programs sometimes cut a long link in two.",
  ),
  gone: problem(
    404,
    "reader.gone",
    "There is nothing kept about you any more",
    "If you want to start anew, sign up on the front page.",
  ),
} as const;
