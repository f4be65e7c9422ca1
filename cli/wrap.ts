/** Breaks a text into lines of at most so many characters, between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

const narrowest = 60;
const widest = 120;

/** How wide a terminal is, within reason; what is no terminal is as wide as one mostly is. */
export function columnsOf(stream: { columns?: number } = process.stdout): number {
  return Math.min(Math.max(stream.columns ?? Number(process.env.COLUMNS ?? 80), narrowest), widest);
}

/** A text under an indent, each line of it. */
export function indented(text: string, indent: number, columns: number): string[] {
  return wrap(text, columns - indent).map((line) => `${" ".repeat(indent)}${line}`);
}
