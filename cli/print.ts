/** Prints a result: as JSON to programs, in words to people. */
export function print(json: boolean | undefined, result: unknown, words: string): void {
  console.log(json ? JSON.stringify(result) : words);
}
