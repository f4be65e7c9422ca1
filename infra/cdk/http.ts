import { CfnOutput, type Stack, Validations } from "aws-cdk-lib";
import { DomainName, HttpApi, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
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

/** Leads every request to one function: the application has the routes. */
export function routeAll(scope: Construct, api: HttpApi, handler: LambdaFunction): void {
  const route = new HttpRoute(scope, "Route", {
    httpApi: api,
    routeKey: HttpRouteKey.DEFAULT,
    integration: new HttpLambdaIntegration("Http", handler),
  });
  Validations.of(route).acknowledge({
    id: "AwsSolutions-APIG4",
    reason: "Pages are public; the application checks tokens, signatures of webhooks and keys of admins",
  });
}
