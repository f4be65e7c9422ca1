import { parseAddress } from "../../../core/subscriber/address.ts";

/** Where what stands in a table of people, by the position of its column. */
export interface Columns {
  /** How many columns there are. */
  width: number;
  /** Whether the first record names them, or is somebody already. */
  named: boolean;
  address: number;
  /** One column, or the first and the last name. */
  name: number[];
  zone: number | undefined;
  tags: number | undefined;
  topics: number | undefined;
  /** When somebody agreed, and from where, the better evidence first. */
  agreed: { at: number; network: number | undefined }[];
  /** How the program that wrote the table says that somebody stands. */
  status: number[];
  /** Filled in for who has left there, or was taken out. */
  gone: number[];
}

const addresses = ["email address", "e mail address", "email", "e mail", "emailaddress", "mail", "address"];
const names = ["name", "full name", "fullname", "display name"];
const firstNames = ["first name", "firstname", "fname", "given name", "first"];
const lastNames = ["last name", "lastname", "lname", "surname", "family name", "last"];
const zones = ["timezone", "time zone", "zone", "tz"];
/** Mailchimp's, ours, and what tables call it. */
const agreements: [string[], string[]][] = [
  [["confirm time"], ["confirm ip"]],
  [["optin time"], ["optin ip"]],
  [
    ["agreed at", "confirmed at", "confirmed", "opt in time", "opt in date", "subscribed at", "consent time"],
    ["network", "ip", "ip address", "opt in ip"],
  ],
];
const statuses = ["status", "subscription status", "email marketing status"];
const endings = ["unsub time", "clean time", "unsubscribed at", "blocklisted at"];

/** Finds the columns by the names in the first record; without any, the first address that stands there; undefined where none does. */
export function findColumns(first: string[]): Columns | undefined {
  const heads = first.map((cell) =>
    cell
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
      .trim(),
  );
  // In the order of the words, not of the columns: Mailchimp's "Address" is where somebody lives.
  const find = (words: string[]) => words.map((word) => heads.indexOf(word)).find((at) => at >= 0);
  const all = (words: string[]) => words.map((word) => heads.indexOf(word)).filter((at) => at >= 0);
  const named = find(addresses);
  const address = named ?? first.findIndex((cell) => parseAddress(cell) !== undefined);
  if (address < 0) return undefined;
  const whole = find(names);
  const parts = [find(firstNames), find(lastNames)].filter((at) => at !== undefined);
  return {
    width: first.length,
    named: named !== undefined,
    address,
    name: parts.length > 0 ? parts : whole === undefined ? [] : [whole],
    zone: find(zones),
    tags: find(["tags", "tag"]),
    topics: find(["topics"]),
    agreed: agreements.flatMap(([times, networks]) => {
      const at = find(times);
      return at === undefined ? [] : [{ at, network: find(networks) }];
    }),
    status: all(statuses),
    gone: all(endings),
  };
}

/** Why a record cannot be one of this table; undefined if it can. */
export function wrongWith(columns: Columns, cells: string[]): string | undefined {
  if (cells.length !== columns.width)
    return `It has ${cells.length} ${cells.length === 1 ? "column" : "columns"}, not ${columns.width}.`;
  const plain = [columns.address, ...columns.name, columns.zone, ...columns.status];
  return plain.some((at) => at !== undefined && /[\r\n]/.test(cells[at] ?? ""))
    ? "A line end stands where there can be none."
    : undefined;
}
