/**
 * Which messages of a batch failed, read from what the handler returned as Lambda reads it with
 * ReportBatchItemFailures: nothing or an empty list is success; anything that names no message of the batch
 * fails the whole batch. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(result: unknown, messageIds: string[]): Set<string> {
  const all = new Set(messageIds);
  if (result === undefined || result === null) return new Set();
  if (typeof result !== "object" || Array.isArray(result)) return all;
  const failures = (result as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const failed = failures.map(
    (failure: unknown) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier,
  );
  return failed.every((id) => typeof id === "string" && all.has(id)) ? new Set(failed as string[]) : all;
}
