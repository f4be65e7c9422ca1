/** A value as it stands on DynamoDB's wire: `{ S: "…" }`, `{ N: "1" }`. */
export type WireValue = Record<string, unknown>;
/** An item, or a part of one, by attribute. */
export type WireItem = Record<string, WireValue>;

/** Units of writing an item of that many bytes: one for each KB begun. */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}

/** Units of reading an item: one for each 4 KB begun, half of that if it may be stale. */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

/** Size of an item by the rules of DynamoDB; names count too. */
export function itemBytes(item: WireItem): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value),
    0,
  );
}

function bytesOf(value: WireValue): number {
  const [type = "", content] = Object.entries(value)[0] ?? [];
  switch (type) {
    case "S":
      return Buffer.byteLength(String(content));
    // About half a byte for each digit, and one more.
    case "N":
      return Math.ceil(String(content).length / 2) + 1;
    case "BOOL":
    case "NULL":
      return 1;
    // Lists and maps cost three bytes, and one for each entry.
    case "L":
      return (content as WireValue[]).reduce((sum, entry) => sum + 1 + bytesOf(entry), 3);
    case "M":
      return 3 + Object.keys(content as WireItem).length + itemBytes(content as WireItem);
    case "SS":
      return (content as string[]).reduce((sum, entry) => sum + Buffer.byteLength(entry), 0);
    default:
      return Buffer.byteLength(String(content));
  }
}
