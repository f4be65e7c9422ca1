import * as z from "zod";

/** A word that an admin puts on people, to choose audiences by. */
export const Tag = z
  .string()
  .max(40, "A tag has at most 40 characters.")
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "Write small letters and digits with single dashes, such as spring-event.",
  );

/** How many tags a person has at most. */
export const mostTags = 30;
