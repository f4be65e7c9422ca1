import * as z from "zod";
import type { Credential } from "../core/catalogue.ts";
import { checkNoSlots } from "./check-slots.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";
import { day, id, line, map } from "./schema-parts.ts";

const file = "content/credentials.yaml";

const CredentialEntry = map(
  {
    id: id("credential"),
    name: line("give the credential as its holders write it"),
    fullName: line("give the name in full"),
    body: line("give the body that awards it, as it calls itself"),
    url: z.url({ protocol: /^https$/, error: "give the https address where the body tells how to renew" }),
    cycle: id("fact of the length of a cycle"),
    hours: id("fact of the hours in a cycle"),
    own: map(
      {
        share: id("fact of the body's own share"),
        from: line("say who counts as the body itself"),
        cyclesFrom: day("the day from which on cycles begin that this is asked of"),
      },
      "give own as a map of share, from and cyclesFrom",
    ).optional(),
  },
  "give each credential as a map of id, name, fullName, body, url, cycle, hours and own",
);

/** The shape of `content/credentials.yaml`. */
const CredentialsFile = z.array(CredentialEntry, "give the credentials as a list");

/** What each number is that a fact gives, as its value is written. */
const numbers = {
  cycle: { shape: /^(\d+) months$/, most: 36, example: "24 months" },
  hours: { shape: /^(\d+)$/, most: 200, example: "20" },
  share: { shape: /^(\d+) percent$/, most: 100, example: "40 percent" },
} as const;

/** Reads the credentials and reports their mistakes; without the file there are none. */
export function parseCredentials(sources: Sources, facts: Facts, report: Report): Credential[] {
  const text = sources.get(file) ?? "[]";
  const { value = [], texts, lineOf } = readYaml(CredentialsFile, { file, text }, report);
  checkNoSlots(file, texts, report);
  return value.map(({ cycle, hours, own, ...credential }, index) => {
    const numberOf = (kind: keyof typeof numbers, fact: string, path: PropertyKey[]) =>
      readNumber(kind, fact, facts, (message) => report({ file, line: lineOf([index, ...path]), message }));
    const first = value.findIndex((other) => other.id === credential.id);
    if (first !== index) {
      const message = `The id ${credential.id} is that of credential ${first + 1} of the list already: keep one`;
      report({ file, line: lineOf([index, "id"]), message });
    }
    const cycleMonths = numberOf("cycle", cycle, ["cycle"]);
    const required = numberOf("hours", hours, ["hours"]);
    const percent = own && numberOf("share", own.share, ["own", "share"]);
    const { source = "", checkedOn = "" } = facts.get(hours) ?? {};
    return {
      ...credential,
      ...(cycleMonths !== undefined && { cycleMonths }),
      ...(required !== undefined && { required: { hours: required, source, checkedOn } }),
      ...(own && percent !== undefined && { own: { percent, from: own.from, cyclesFrom: own.cyclesFrom } }),
    };
  });
}

/** The number of a fact; undefined if nobody could verify it. */
function readNumber(
  kind: keyof typeof numbers,
  id: string,
  facts: Facts,
  mistaken: (message: string) => void,
): number | undefined {
  const { shape, most, example } = numbers[kind];
  const fact = facts.get(id);
  if (!fact) mistaken(`${id} is no known fact: correct the id, or add it to content/facts.yaml`);
  if (fact?.value === undefined) return undefined;
  const number = Number(shape.exec(fact.value)?.[1]);
  if (number >= 1 && number <= most) return number;
  mistaken(
    `The fact ${id} says ${fact.value}: for ${kind} it has to be a number up to ${most}, such as ${example}`,
  );
  return undefined;
}
