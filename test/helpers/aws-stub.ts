import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { close, listen } from "../../local/loopback.ts";

/** What a call is answered; a function sees what was asked. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes of a hundred requests.
export type Answer = object | ((asked: any) => object | Promise<object>);

/** A refusal as AWS words it. */
export class Refusal {
  readonly type: string;
  readonly status: number;
  readonly message: string;
  constructor(type: string, message = "", status = 400) {
    this.type = type;
    this.message = message;
    this.status = status;
  }
}

/** A loopback server that speaks as much of AWS's protocols as the command line needs. */
export interface AwsStub {
  url: string;
  /** By action, such as `ses:GetAccount`; one that is not here is refused as not permitted. */
  answers: Record<string, Answer>;
  /** How far its clock is behind this machine's. */
  behindMs: number;
  close(): Promise<void>;
}

const targets: Record<string, string> = {
  AmazonSSM: "ssm",
  AmazonSQS: "sqs",
  AWSEvents: "events",
  DynamoDB_20120810: "dynamodb",
};

const routes: [RegExp, string, string?][] = [
  [/^\/v2\/email\/account$/, "ses:GetAccount"],
  [/^\/v2\/email\/identities\/([^/]+)$/, "ses:GetEmailIdentity", "EmailIdentity"],
  [
    /^\/v2\/email\/configuration-sets\/([^/]+)\/event-destinations$/,
    "ses:GetConfigurationSetEventDestinations",
    "ConfigurationSetName",
  ],
  [/^\/v2\/email\/configuration-sets\/([^/]+)$/, "ses:GetConfigurationSet", "ConfigurationSetName"],
  [/^\/v2\/email\/suppression\/addresses$/, "ses:ListSuppressedDestinations"],
  [/^\/2016-08-19\/account-settings\/?$/, "lambda:GetAccountSettings"],
];

/** Starts it with these answers. */
export async function startAwsStub(answers: AwsStub["answers"]): Promise<AwsStub> {
  const server = createServer(async (request, response) => {
    const { action, asked } = await read(request);
    const answer = stub.answers[action] ?? new Refusal("AccessDeniedException", "", 403);
    const said = typeof answer === "function" ? await answer(asked) : answer;
    const date = new Date(Date.now() - stub.behindMs).toUTCString();
    const xml = action.startsWith("sts:");
    if (!(said instanceof Refusal)) {
      const type = xml ? "text/xml" : "application/json";
      return response
        .writeHead(200, { date, "content-type": type })
        .end(xml ? inXml(said) : JSON.stringify(said));
    }
    const { type, status, message } = said;
    response.writeHead(status, { date, "x-amzn-errortype": type });
    return response.end(
      xml
        ? `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>${message}</Message></Error></ErrorResponse>`
        : JSON.stringify({ __type: type, message }),
    );
  });
  const stub: AwsStub = { url: await listen(server, 0), answers, behindMs: 0, close: () => close(server) };
  return stub;
}

async function read(request: IncomingMessage): Promise<{ action: string; asked: unknown }> {
  const body = await text(request);
  const [service = "", operation] = String(request.headers["x-amz-target"] ?? "").split(".");
  if (operation) return { action: `${targets[service]}:${operation}`, asked: JSON.parse(body) };
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  for (const [pattern, action, name] of routes) {
    const [matched, value = ""] = pattern.exec(pathname) ?? [];
    if (matched)
      return {
        action,
        asked: { ...Object.fromEntries(searchParams), ...(name && { [name]: decodeURIComponent(value) }) },
      };
  }
  return { action: `sts:${new URLSearchParams(body).get("Action")}`, asked: {} };
}

function inXml(content: object): string {
  const fields = Object.entries(content).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<GetCallerIdentityResponse><GetCallerIdentityResult>${fields.join("")}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
}
