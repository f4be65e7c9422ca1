import type { HttpFacts } from "../infra/facts.ts";
import { byName, expectRest, type GraphReader, manifestName } from "./read-graph.ts";

/** The one HTTP API. */
export function httpFacts(reader: GraphReader): HttpFacts {
  const api = reader.one("aws:apigatewayv2/api:Api");
  expectRest(api, api.inputs, { protocolType: "HTTP" });
  const apiId = api.state.id;
  const stage = reader.one("aws:apigatewayv2/stage:Stage");
  expectRest(stage, stage.inputs, { apiId, name: "$default", autoDeploy: true });
  const integration = reader.one("aws:apigatewayv2/integration:Integration");
  const { integrationUri, payloadFormatVersion, ...rest } = integration.inputs;
  expectRest(integration, rest, { apiId, integrationType: "AWS_PROXY" });
  const called = reader.owner("aws:lambda/function:Function", "arn", integrationUri);
  const routes = reader.all("aws:apigatewayv2/route:Route").map((route) => {
    const { routeKey, ...restOfRoute } = route.inputs;
    const target = `integrations/${integration.state.id}`;
    expectRest(route, restOfRoute, { apiId, authorizationType: "NONE", target });
    return [String(routeKey), manifestName(called, reader.stage)] as const;
  });
  return {
    routes: byName(routes),
    payloadVersion: payloadFormatVersion,
    domain: domainFacts(apiId, reader),
  };
}

function domainFacts(apiId: unknown, reader: GraphReader): HttpFacts["domain"] {
  const [domain, ...others] = reader.all("aws:apigatewayv2/domainName:DomainName");
  const mappings = reader.all("aws:apigatewayv2/apiMapping:ApiMapping").map(({ inputs }) => inputs);
  if (!domain) return undefined;
  expectRest(
    domain,
    { others, mappings },
    { others: [], mappings: [{ apiId, domainName: domain.state.id, stage: "$default" }] },
  );
  const { domainName, domainNameConfiguration, ...rest } = domain.inputs;
  const { certificateArn, ...restOfConfiguration } = domainNameConfiguration;
  expectRest(
    domain,
    { ...rest, ...restOfConfiguration },
    { endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
  );
  return { name: domainName, certificate: certificateArn };
}
