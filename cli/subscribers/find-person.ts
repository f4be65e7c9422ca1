import { type Connection, callApi } from "../api-client.ts";
import { Person } from "./subscriber-words.ts";

/** Somebody who is named by id or address; an address stands in no URL. */
export async function findPerson(connection: Connection, who: string): Promise<Person> {
  const call = who.includes("@")
    ? ({
        method: "POST",
        path: "/v1/subscribers/find",
        body: { address: who },
        typedAs: { address: "<who>" },
      } as const)
    : ({ method: "GET", path: `/v1/subscribers/${encodeURIComponent(who)}` } as const);
  return (await callApi(connection, Person, call)).body;
}
