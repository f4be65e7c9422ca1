import type { SESEvent } from "aws-lambda";
import type { ZodType } from "zod";
import type { Connect } from "../../adapters/connect/ground.ts";
import { connected } from "./connected.ts";
import { describe } from "./describe-error.ts";
import { logger } from "./logger.ts";

export type MailHandler = (event: SESEvent) => Promise<void>;

/**
 * A handler for mail that SES has received. SES does not wait for it: what is thrown makes Lambda try again, and in
 * the end put the whole event on the dead-letter queue. Subject and addresses are kept out of the log.
 */
export function onMail<Deps extends object, Input>(
  schema: ZodType<Input>,
  run: (deps: Deps, input: Input) => Promise<{ status: string }>,
  connect: Connect<NoInfer<Deps>>,
) {
  async function handle(record: SESEvent["Records"][number], getDeps: () => Deps): Promise<void> {
    const messageId = record.ses?.mail?.messageId;
    try {
      const { status } = await run(getDeps(), schema.parse(record));
      logger.info("mail handled", { messageId, status });
    } catch (error) {
      logger.warn("mail failed", { messageId, error: describe(error) });
      throw error;
    }
  }

  return connected(
    connect,
    (getDeps): MailHandler =>
      async ({ Records }) => {
        // SES hands over one; should there be more, one that fails keeps none of the others back.
        const results = await Promise.allSettled(Records.map((record) => handle(record, getDeps)));
        for (const result of results) if (result.status === "rejected") throw result.reason;
      },
  );
}
