import type { HttpFacts } from "../facts.ts";
import type { OpenTemplate } from "./open-template.ts";
import { record, same } from "./watch.ts";

/** The HTTP API, its routes and its host name. */
export function httpOf({ all, one }: OpenTemplate): HttpFacts {
  same(one("AWS::ApiGatewayV2::Api").properties.ProtocolType, "HTTP", "the API");
  const stage = { ApiId: "<api>", AutoDeploy: true, StageName: "$default" };
  same(one("AWS::ApiGatewayV2::Stage").properties, stage, "the stage");
  const { id, properties } = one("AWS::ApiGatewayV2::Integration");
  same([properties.ApiId, properties.IntegrationType], ["<api>", "AWS_PROXY"], id);
  const [domain, ...others] = all("AWS::ApiGatewayV2::DomainName").map(({ id, properties }) => {
    const [configuration, ...more] = properties.DomainNameConfigurations;
    same([configuration.EndpointType, more], ["REGIONAL", []], id);
    const mapping = { ApiId: "<api>", DomainName: properties.DomainName, Stage: "$default" };
    same(one("AWS::ApiGatewayV2::ApiMapping").properties, mapping, "what the host name leads to");
    return { name: properties.DomainName, certificate: configuration.CertificateArn };
  });
  same(others, [], "other host names");
  const route = { ApiId: "<api>", AuthorizationType: "NONE", Target: `integrations/${id}` };
  return {
    routes: record(
      all("AWS::ApiGatewayV2::Route").map(({ properties: { RouteKey, ...rest }, id }) => {
        same(rest, route, id);
        return [RouteKey, properties.IntegrationUri.replace("function/", "")];
      }),
    ),
    payloadVersion: properties.PayloadFormatVersion,
    domain,
  };
}
