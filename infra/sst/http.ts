import { routeKeysOf, type Trigger } from "../service.ts";
import type { Settings } from "../settings.ts";
import { resourceName } from "./names.ts";

/** The HTTP API, and the address at which readers find it. */
export interface Http {
  api: aws.apigatewayv2.Api;
  publicUrl: $util.Input<string>;
  /** Where the operator's host name has to point. */
  webTarget?: $util.Output<string>;
}

/**
 * The HTTP API, with the operator's host name if there is one. Not SST's component: that one always writes an
 * access log, and our paths carry tokens.
 */
export function createApi({ web }: Settings): Http {
  const api = new aws.apigatewayv2.Api(resourceName("http"), { protocolType: "HTTP" });
  const stage = new aws.apigatewayv2.Stage(resourceName("http"), {
    apiId: api.id,
    name: "$default",
    autoDeploy: true,
  });
  if (!web) return { api, publicUrl: api.apiEndpoint };
  const domain = new aws.apigatewayv2.DomainName(resourceName("http"), {
    domainName: web.domain,
    domainNameConfiguration: {
      certificateArn: web.certificateArn,
      endpointType: "REGIONAL",
      securityPolicy: "TLS_1_2",
    },
  });
  new aws.apigatewayv2.ApiMapping(resourceName("http"), {
    apiId: api.id,
    domainName: domain.id,
    stage: stage.name,
  });
  return {
    api,
    publicUrl: `https://${web.domain}`,
    webTarget: domain.domainNameConfiguration.targetDomainName,
  };
}

/** Leads requests to a function: those to its paths, or all that no other has. The application has the routes. */
export function routeTo(
  api: aws.apigatewayv2.Api,
  name: string,
  handler: aws.lambda.Function,
  { paths }: Extract<Trigger, { kind: "http" }>,
): void {
  const permission = new aws.lambda.Permission(resourceName(name), {
    action: "lambda:InvokeFunction",
    function: handler.arn,
    principal: "apigateway.amazonaws.com",
    sourceArn: $interpolate`${api.executionArn}/*/*`,
  });
  const integration = new aws.apigatewayv2.Integration(
    resourceName(name),
    {
      apiId: api.id,
      integrationType: "AWS_PROXY",
      integrationUri: handler.arn,
      payloadFormatVersion: "2.0",
    },
    { dependsOn: [permission] },
  );
  for (const [n, routeKey] of routeKeysOf(paths).entries())
    new aws.apigatewayv2.Route(resourceName(n === 0 ? name : `${name}-${n + 1}`), {
      apiId: api.id,
      routeKey,
      authorizationType: "NONE",
      target: $interpolate`integrations/${integration.id}`,
    });
}
