/** What to do about a contact that is still the sample's, which nobody reads; undefined when there is nothing to do. */
export function contactWords(replyTo: string): string | undefined {
  if (!replyTo.endsWith("@stepletter.example")) return undefined;
  return `see ${replyTo} as our contact: put your own into content/site.yaml (replyTo)`;
}
