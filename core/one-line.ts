/** What somebody typed, as one line without control characters: it goes into subjects and greetings. */
export function oneLine(typed: string): string {
  return typed
    .replace(/\p{Cc}+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}
