/** A piece of a header in another alphabet (RFC 2047). White space between two of them means nothing. */
const encodedWord = /=\?[\w-]+(?:\*[\w-]+)?\?([bq])\?([^?\s]*)\?=/gi;
const betweenWords = /(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?)/gi;

/** The word, whatever stands around it, and the five parts of a token. A mail program may write a blank as `+`. */
const request = /(?<![\w.-])unsubscribe[\s:+]+([\w-]+(?:\.[\w-]*){4})/i;

/**
 * The token in the subject of an unsubscribe mail, as mail programs make it of our `mailto:`, or people who answer one;
 * undefined if there is none. Whether it is ours is another question.
 */
export function tokenInSubject(subject: string): string | undefined {
  const decoded = subject
    .replace(betweenWords, "$1")
    .replace(encodedWord, (_, encoding: string, text: string) =>
      encoding.toLowerCase() === "b" ? Buffer.from(text, "base64").toString() : unquoted(text),
    );
  return request.exec(decoded)?.[1];
}

function unquoted(text: string): string {
  return text
    .replaceAll("_", " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
