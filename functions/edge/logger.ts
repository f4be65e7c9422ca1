import { Logger } from "@aws-lambda-powertools/logger";

/** Structured log of all functions. Ids only: no address and no token may ever reach it. */
export const logger = new Logger({ serviceName: "stepletter" });
