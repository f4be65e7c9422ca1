import type { HttpFacts } from "../facts.ts";
import type { OpenTemplate } from "./open-template.ts";
import { record, same } from "./watch.ts";

const payloadVersion = "2.0";

/** The HTTP API, its routes and its host name. */
export function httpOf({ all, one }: OpenTemplate): HttpFacts {
  same(one("AWS::ApiGatewayV2::Api").properties.ProtocolType, "HTTP", "the API");
  const stage = { ApiId: "<api>", AutoDeploy: true, StageName: "$default" };
  same(one("AWS::ApiGatewayV2::Stage").properties, stage, "the stage");
  const integrations = new Map(
    all("AWS::ApiGatewayV2::Integration").map(({ id, properties }) => {
      const { ApiId, IntegrationType, PayloadFormatVersion } = properties;
      same([ApiId, IntegrationType, PayloadFormatVersion], ["<api>", "AWS_PROXY", payloadVersion], id);
      return [`integrations/${id}`, properties.IntegrationUri.replace("function/", "")];
    }),
  );
  const [domain, ...others] = all("AWS::ApiGatewayV2::DomainName").map(({ id, properties }) => {
    const [configuration, ...more] = properties.DomainNameConfigurations;
    same([configuration.EndpointType, more], ["REGIONAL", []], id);
    const mapping = { ApiId: "<api>", DomainName: properties.DomainName, Stage: "$default" };
    same(one("AWS::ApiGatewayV2::ApiMapping").properties, mapping, "what the host name leads to");
    return { name: properties.DomainName, certificate: configuration.CertificateArn };
  });
  same(others, [], "other host names");
  const leadSomewhere = all("AWS::ApiGatewayV2::Route").map(({ properties }) => properties.Target);
  same(
    [...new Set(leadSomewhere)].sort(),
    [...integrations.keys()].sort(),
    "integrations that a route leads to",
  );
  return {
    routes: record(
      all("AWS::ApiGatewayV2::Route").map(({ properties: { RouteKey, Target, ...rest }, id }) => {
        same(rest, { ApiId: "<api>", AuthorizationType: "NONE" }, id);
        return [RouteKey, integrations.get(Target)];
      }),
    ),
    payloadVersion,
    domain,
  };
}
