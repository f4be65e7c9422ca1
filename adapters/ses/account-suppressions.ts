import {
  DeleteSuppressedDestinationCommand,
  NotFoundException,
  PutSuppressedDestinationCommand,
  type SESv2Client,
} from "@aws-sdk/client-sesv2";
import { AppError } from "../../core/errors.ts";
import type { AccountSuppressions } from "../../core/suppression/suppression-ports.ts";

/** SES's own suppression list of the account. It knows bounces and complaints alone, and keeps addresses in the case that they came in. */
export function sesAccountSuppressions(client: SESv2Client): AccountSuppressions {
  return {
    async add(EmailAddress) {
      await asking(() =>
        client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: "BOUNCE" })),
      );
    },
    async remove(EmailAddress) {
      return asking(async () => {
        try {
          await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
          return true;
        } catch (error) {
          if (error instanceof NotFoundException) return false;
          throw error;
        }
      });
    },
  };
}

async function asking<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : "unknown";
    throw new AppError("unavailable", "ses.unavailable", `SES did not change its suppression list: ${name}`, {
      cause,
    });
  }
}
