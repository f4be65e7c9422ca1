/** SES takes 1 MB of input with an inline template; what is left is for the rest of the request. */
const mostBytes = 900_000;
const mostEntries = 50;

/** Cuts entries into calls that SES takes, in order; one that is too large by itself stands alone, for SES to judge. */
export function cutByBytes<Entry>(shared: object, entries: Entry[]): Entry[][] {
  const sharedBytes = bytesOf(shared);
  const calls: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry) + 1;
    const call = calls.at(-1);
    if (call && bytes <= room && call.length < mostEntries) {
      call.push(entry);
      room -= bytes;
    } else {
      calls.push([entry]);
      room = mostBytes - sharedBytes - bytes;
    }
  }
  return calls;
}

function bytesOf(part: unknown): number {
  return Buffer.byteLength(JSON.stringify(part));
}
