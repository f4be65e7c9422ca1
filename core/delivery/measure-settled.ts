import type { Measures } from "../measures.ts";
import type { Settlement } from "./delivery.ts";

/** Tells of deliveries that somebody should look at. */
export function measureSettled(measures: Measures, states: Settlement["state"][]): void {
  const count = (state: Settlement["state"]) => states.filter((settled) => settled === state).length;
  if (count("failed") > 0) measures.note("DeliveriesFailed", count("failed"));
  if (count("unknown") > 0) measures.note("DeliveriesUnknown", count("unknown"));
}
