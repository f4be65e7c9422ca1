import type { Instant } from "../time/instant.ts";
import type { Delivery, DeliveryKey, DeliveryState } from "./delivery.ts";

/** What an operator looks for in the ledger. */
export interface LedgerQuery {
  states: DeliveryState[];
  mailing?: string;
}

/** What looking has cost so far. */
export interface LedgerCost {
  rows: number;
  readUnits: number;
}

/** The ledger as a whole: for operators, never for a function, since it reads the table from end to end. */
export interface Ledger {
  /** How much there is to read, in read units; told by DynamoDB some hours late. */
  estimate(): Promise<LedgerCost>;
  /** Page by page: keys of deliveries that were found, and the cost of all pages up to here. */
  find(query: LedgerQuery): AsyncIterable<{ keys: DeliveryKey[]; cost: LedgerCost }>;
}

/** What an operator decides on a delivery whose outcome nobody knows. */
export interface HandSettlements {
  /** Settles a delivery that is still `unknown` as it was read, and of which no event tells; false otherwise. */
  settle(delivery: Delivery, to: "sent" | "failed", at: Instant): Promise<boolean>;
}
