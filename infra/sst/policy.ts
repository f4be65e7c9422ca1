type Text = string | $util.Output<string>;

/** One statement of an IAM policy. */
export interface Statement {
  Effect: "Allow" | "Deny";
  Action: string | readonly string[];
  Resource?: Text | Text[];
  Principal?: "*" | { Service: string };
  Condition?: Record<string, Record<string, Text | Text[]>>;
}

/** A policy as JSON. */
export function policy(statements: Statement[]) {
  return $jsonStringify({ Version: "2012-10-17", Statement: statements });
}

/** Lets a service of AWS take a role; with an account, only on behalf of that account. */
export function assumedBy(service: string, account?: Text) {
  return policy([
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: service },
      ...(account && { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
    },
  ]);
}

/** Refuses whoever does not come by TLS; `sqs:*` and the like are meant here, since it only takes away. */
export function onlyByTls(action: string, resource: Text): Statement {
  return {
    Effect: "Deny",
    Action: action,
    Resource: resource,
    Principal: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
