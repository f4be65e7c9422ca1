/** What an operator decides about one deployment, apart from the content. */
export interface Settings {
  stage: string;
  /** Kept when the stack is removed, and protected against removal by mistake. */
  production: boolean;
  /** Domain that SES sends from; the sender of content/site.yaml is in it. */
  mailDomain: string;
  /** Whether SES has the domain already, from another stage or another service: it is then used as it is. */
  mailDomainExists: boolean;
  /** Gets the alarms, once it has confirmed its subscription. */
  alarmEmail: string;
  /** Host name of pages and links, with its certificate in ACM, in the same region; the API's own address otherwise. */
  web?: { domain: string; certificateArn: string };
  /** A table that was restored from a backup, used in place of a new one. */
  restoredTable?: string;
  /** The account's active receipt rule set: mail to the unsubscribe mailbox is then received by SES. */
  receiptRuleSet?: string;
}

const domain = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

const variables = {
  STEPLETTER_MAIL_DOMAIN: { like: domain, means: "the domain that SES sends from, such as example.org" },
  STEPLETTER_MAIL_DOMAIN_EXISTS: { like: /^(true|false)$/, means: "true if SES has that domain already" },
  STEPLETTER_ALARM_EMAIL: {
    like: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    means: "the address that gets the alarms",
  },
  STEPLETTER_WEB_DOMAIN: { like: domain, means: "the host name of your pages, such as news.example.org" },
  STEPLETTER_CERTIFICATE_ARN: {
    like: /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/,
    means: "the ARN of that host's certificate in ACM",
  },
  STEPLETTER_TABLE: { like: /^[\w.-]{3,255}$/, means: "the name of a restored table" },
  STEPLETTER_RECEIPT_RULE_SET: {
    // SES's own rule for names.
    like: /^[a-z0-9_-]{1,64}$/i,
    means: "the name of the account's active receipt rule set",
  },
} as const;
type Variable = keyof typeof variables;

/** What a stage may be called. */
export const stageName = /^[a-z][a-z0-9-]{0,19}$/;

/**
 * Reads the settings of a deployment from the environment, for which `.env` is the usual place.
 * @throws Error that names every setting that is missing or malformed, at once, and what it is for.
 */
export function readSettings(environment: Record<string, string | undefined>, stage: string): Settings {
  const problems: string[] = [];
  const read = (name: Variable, required = false): string | undefined => {
    const value = environment[name]?.trim() || undefined;
    const { like, means } = variables[name];
    if (value === undefined && required) problems.push(`${name} is missing: ${means}`);
    if (value !== undefined && !like.test(value)) problems.push(`${name} does not look like ${means}`);
    return value;
  };
  if (!stageName.test(stage) || stage === "local")
    problems.push(`the stage ${JSON.stringify(stage)} is not a short lower-case word, such as production`);
  const mailDomain = read("STEPLETTER_MAIL_DOMAIN", true) ?? "";
  const alarmEmail = read("STEPLETTER_ALARM_EMAIL", true) ?? "";
  const webDomain = read("STEPLETTER_WEB_DOMAIN");
  const certificateArn = read("STEPLETTER_CERTIFICATE_ARN", webDomain !== undefined);
  if (certificateArn && !webDomain) read("STEPLETTER_WEB_DOMAIN", true);
  const restoredTable = read("STEPLETTER_TABLE");
  const receiptRuleSet = read("STEPLETTER_RECEIPT_RULE_SET");
  const mailDomainExists = read("STEPLETTER_MAIL_DOMAIN_EXISTS") === "true";
  if (problems.length > 0)
    throw new Error(
      `These settings are to be mended, in .env or the environment:\n  ${problems.join("\n  ")}`,
    );
  return {
    stage,
    production: stage === "production",
    mailDomain,
    mailDomainExists,
    alarmEmail,
    ...(webDomain && certificateArn && { web: { domain: webDomain, certificateArn } }),
    ...(restoredTable && { restoredTable }),
    ...(receiptRuleSet && { receiptRuleSet }),
  };
}
