import type { ConsentTexts } from "../../core/subscriber/consent-ports.ts";
import { getRow, putRow, type Table } from "./table.ts";

/** A row for each version of what people were shown. What this process has kept, or found, it need not put again. */
export function dynamoConsentTexts(table: Table): ConsentTexts {
  const kept = new Set<string>();
  const keyOf = (version: string) => ({ pk: `CONSENT#${version}`, sk: "TEXT" });
  return {
    async keep(version, text) {
      if (kept.has(version)) return;
      await putRow(table, { ...keyOf(version), text }, { when: "attribute_not_exists(#pk)" });
      kept.add(version);
    },
    async load(version) {
      const row = await getRow(table, keyOf(version));
      return row && String(row.text);
    },
  };
}
