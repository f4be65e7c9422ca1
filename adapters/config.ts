import * as z from "zod";
import { AppError } from "../core/errors.ts";

export type Environment = Record<string, string | undefined>;

const seconds = z.coerce.number().positive();
const optionalUrl = z.url({ protocol: /^https?$/ }).optional();

const Variables = z.object({
  TABLE_NAME: z.string().min(1),
  SEND_NOW_QUEUE_URL: z.url(),
  SEND_BULK_QUEUE_URL: z.url(),
  FEED_QUEUE_URL: z.url(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  CONFIGURATION_SET: z.string().min(1),
  KEYS_PARAMETER: z.string().min(1),
  POWERTOOLS_METRICS_NAMESPACE: z.string().min(1),
  SES_TIMEOUT_SECONDS: seconds,
  WORK_SECONDS: seconds,
  LEASE_SECONDS: seconds,
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL_DYNAMODB: optionalUrl,
  AWS_ENDPOINT_URL_SQS: optionalUrl,
  AWS_ENDPOINT_URL_SESV2: optionalUrl,
  AWS_ENDPOINT_URL_SSM: optionalUrl,
});

export type Config = z.infer<typeof Variables>;

/**
 * Reads the environment of a function, once; nothing else in the service looks at it.
 * @throws AppError `config.invalid` that lists every variable that is missing or malformed, at once.
 */
export function readConfig(environment: Environment): Config {
  const parsed = Variables.safeParse(environment);
  if (parsed.success) return { ...parsed.data, PUBLIC_URL: parsed.data.PUBLIC_URL.replace(/\/+$/, "") };
  const problems = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return environment[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`;
  });
  throw new AppError("invalid", "config.invalid", `The environment is not complete: ${problems.join("; ")}`);
}
