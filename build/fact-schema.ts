import * as z from "zod";
import { day, id, line, map } from "./schema-parts.ts";

const grades = ["official", "secondary", "unverified", "conflict"] as const;

/** Something that a mail says and that can change, with its source. */
export const Fact = map(
  {
    id: id("fact"),
    says: line("say in a sentence what the fact is"),
    value: line("write the value in quotes, so that it is printed as written").optional(),
    grade: z.enum(grades, `give one of ${grades.join(", ")}`),
    source: z.url({ protocol: /^https$/, error: "give the https address where the fact was read" }),
    checkedOn: day("the day the source was read"),
    recheckOn: day("the day to read the source again"),
  },
  "give each fact as a map of id, says, value, grade, source, checkedOn and recheckOn",
);
export type Fact = z.infer<typeof Fact>;

/** The shape of `content/facts.yaml`. */
export const FactsFile = z.array(Fact, "give the facts as a list");
