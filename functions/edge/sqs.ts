import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { ZodType } from "zod";
import type { Connect } from "../../adapters/connect/ground.ts";
import { connected } from "./connected.ts";
import { describe } from "./describe-error.ts";
import { logger } from "./logger.ts";

export type SqsHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/**
 * A handler for a queue: parses each message and runs the domain on it. A message that fails, or cannot be
 * read, comes back and ends in the dead-letter queue; the others of its batch are done. `queueArn` says whence it came.
 */
export function onSqs<Deps extends object, Input>(
  schema: ZodType<Input>,
  run: (deps: Deps, input: Input, queueArn: string) => Promise<unknown>,
  connect: Connect<NoInfer<Deps>>,
) {
  async function handle(record: SQSRecord, getDeps: () => Deps): Promise<void> {
    try {
      const outcome = await run(getDeps(), schema.parse(JSON.parse(record.body)), record.eventSourceARN);
      logger.debug("message handled", { messageId: record.messageId, outcome });
    } catch (error) {
      logger.warn("message failed", { messageId: record.messageId, error: describe(error) });
      throw error;
    }
  }

  return connected(
    connect,
    (getDeps): SqsHandler =>
      async ({ Records }) => {
        const results = await Promise.allSettled(Records.map((record) => handle(record, getDeps)));
        const failed = Records.filter((_, index) => results[index]?.status === "rejected");
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
  );
}
