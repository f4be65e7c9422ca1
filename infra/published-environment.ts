import { deadLetterOf, type EnvironmentValue, type ServiceManifest } from "./service.ts";
import { sharedEnvironment } from "./shared-environment.ts";

/**
 * What the stack writes down for commands: what all functions have in their environment alike, and, where it takes mail
 * in, by which rule set and where it puts what failed.
 */
export function publishedEnvironment(
  manifest: ServiceManifest,
  { receiptRuleSet }: { receiptRuleSet?: string },
): Record<string, EnvironmentValue> {
  const [receiver] =
    Object.entries(manifest.functions).find(([, { triggers }]) =>
      triggers.some(({ kind }) => kind === "mail"),
    ) ?? [];
  return {
    ...sharedEnvironment(manifest),
    ...(receiptRuleSet !== undefined && { RECEIPT_RULE_SET: receiptRuleSet }),
    ...(receiver !== undefined && {
      MAIL_DEAD_LETTERS_URL: { of: "queueUrl", queue: deadLetterOf(receiver) } as const,
    }),
  };
}
