import type { ServiceManifest } from "../../infra/service.ts";
import { type Environment, identityOf } from "../environment.ts";
import { dynamoDbGuard, ssmGuard } from "./json-guards.ts";
import { sesGuard } from "./ses-guard.ts";
import { sqsGuard } from "./sqs-guard.ts";

/**
 * What stands before each local server. There is none where the functions call with the operator's own key, since
 * another server is AWS itself: who asks cannot be told then.
 */
export function guardsOf(manifest: ServiceManifest, outer: Environment) {
  if (identityOf("runtime", outer).AWS_ACCESS_KEY_ID !== "runtime") return {};
  return {
    dynamodb: dynamoDbGuard(manifest),
    sqs: sqsGuard(manifest),
    ssm: ssmGuard(manifest),
    sesv2: sesGuard(manifest),
  };
}
