import { describe, expect, it } from "vitest";
import { service } from "../../infra/service.ts";
import { type Created, environmentOf, identityOf, operatorEnvironment } from "../../local/environment.ts";

const created: Created = {
  manifest: service,
  endpoints: { dynamodb: "http://d", sqs: "http://q", ssm: "http://p", sesv2: "http://m" },
  queueUrls: new Map(Object.keys(service.queues).map((name) => [name, `http://q/1/${name}`])),
  publicUrl: "http://app",
  outer: {},
};

describe("environment of a function", () => {
  it("is what the manifest lists, with addresses of this machine", () => {
    expect(environmentOf("dispatch", created)).toMatchObject({
      TABLE_NAME: "stepletter",
      SEND_NOW_QUEUE_URL: "http://q/1/send-now",
      SEND_BULK_QUEUE_URL: "http://q/1/send-bulk",
      PUBLIC_URL: "http://app",
      CONFIGURATION_SET: "stepletter-local",
      KEYS_PARAMETER: "/stepletter/local/keys",
      SES_TIMEOUT_SECONDS: "15",
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL_DYNAMODB: "http://d",
      AWS_ENDPOINT_URL_SQS: "http://q",
      AWS_ENDPOINT_URL_SSM: "http://p",
      AWS_ENDPOINT_URL_SESV2: "http://m",
    });
  });

  it.each(Object.keys(service.functions))("of %s leaves nothing open", (name) => {
    const spec = service.functions[name as keyof typeof service.functions];
    const environment = environmentOf(name, created);
    for (const key of Object.keys(spec.environment)) expect(environment[key]).toEqual(expect.any(String));
  });

  it("refuses names that the manifest does not have", () => {
    expect(() => environmentOf("nothing", created)).toThrow(/no function nothing/);
    expect(() => environmentOf("dispatch", { ...created, queueUrls: new Map() })).toThrow(
      /no queue send-now/,
    );
  });
});

it("the environment of an operator's programs has what any function has, under a key of its own", () => {
  expect(operatorEnvironment(created)).toEqual({
    ...environmentOf("http", created),
    AWS_ACCESS_KEY_ID: "operator",
  });
});

describe("under which key a function calls", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token" };

  it("is its own name, whatever credentials lie about", () => {
    const own = { AWS_ACCESS_KEY_ID: "dispatch", AWS_SECRET_ACCESS_KEY: "local" };
    expect(identityOf("dispatch", {})).toEqual(own);
    expect(identityOf("dispatch", keys)).toEqual(own);
  });

  it("is the operator's where a service is elsewhere", () => {
    expect(
      identityOf("dispatch", { ...keys, AWS_ENDPOINT_URL_SESV2: "https://email.us-east-1.amazonaws.com" }),
    ).toEqual(keys);
  });
});
