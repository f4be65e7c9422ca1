/**
 * A record by RFC 4180, with its line end. A cell that a spreadsheet would take for a formula gets an apostrophe in
 * front, which `plainCell` takes away again.
 */
export function writeRecord(cells: (string | number)[]): string {
  return `${cells.map((cell) => quoted(guarded(String(cell)))).join(",")}\r\n`;
}

/** What stood in a cell before it was guarded. */
export function plainCell(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function guarded(cell: string): string {
  return /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
