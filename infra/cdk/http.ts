import { CfnOutput, type Stack, Validations } from "aws-cdk-lib";
import { DomainName, HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { routeKeysOf, type Trigger } from "../service.ts";
import type { Settings } from "../settings.ts";

/** The HTTP API, with the operator's host name if there is one. */
export function createApi(stack: Stack, { web }: Settings): { api: HttpApi; publicUrl: string } {
  const domainName =
    web &&
    new DomainName(stack, "Domain", {
      domainName: web.domain,
      certificate: Certificate.fromCertificateArn(stack, "Certificate", web.certificateArn),
    });
  const api = new HttpApi(stack, "Api", {
    apiName: stack.stackName,
    ...(domainName && { defaultDomainMapping: { domainName } }),
  });
  if (api.defaultStage)
    Validations.of(api.defaultStage).acknowledge({
      id: "AwsSolutions-APIG1",
      reason: "Paths carry the tokens of subscribers, which belong in no log",
    });
  if (domainName)
    new CfnOutput(stack, "WebTarget", {
      description: "What a CNAME of the host name, or an alias of it, has to point to",
      value: domainName.regionalDomainName,
    });
  return { api, publicUrl: web ? `https://${web.domain}` : api.apiEndpoint };
}

/** Leads requests to a function: those to its paths, or all that no other has. The application has the routes. */
export function routeTo(
  scope: Construct,
  api: HttpApi,
  name: string,
  handler: LambdaFunction,
  { paths }: Extract<Trigger, { kind: "http" }>,
): void {
  const integration = new HttpLambdaIntegration(`Http-${name}`, handler, {
    scopePermissionToRoute: false,
  });
  for (const [n, key] of routeKeysOf(paths).entries()) {
    const [, path] = key.split(" ");
    const route = new HttpRoute(scope, `Route-${name}${n === 0 ? "" : `-${n + 1}`}`, {
      httpApi: api,
      routeKey: path === undefined ? HttpRouteKey.DEFAULT : HttpRouteKey.with(path, HttpMethod.ANY),
      integration,
    });
    Validations.of(route).acknowledge({
      id: "AwsSolutions-APIG4",
      reason: "Pages are public; the application checks tokens, signatures of webhooks and keys of admins",
    });
  }
}
