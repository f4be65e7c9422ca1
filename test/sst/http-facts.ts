import type { HttpFacts } from "../infra/facts.ts";
import { byName, expectRest, type GraphReader, manifestName } from "./read-graph.ts";

const payloadVersion = "2.0";

/** The one HTTP API. */
export function httpFacts(reader: GraphReader): HttpFacts {
  const api = reader.one("aws:apigatewayv2/api:Api");
  expectRest(api, api.inputs, { protocolType: "HTTP" });
  const apiId = api.state.id;
  const stage = reader.one("aws:apigatewayv2/stage:Stage");
  expectRest(stage, stage.inputs, { apiId, name: "$default", autoDeploy: true });
  const integrations = reader.all("aws:apigatewayv2/integration:Integration");
  const called = new Map(
    integrations.map((integration) => {
      const { integrationUri, ...rest } = integration.inputs;
      expectRest(integration, rest, {
        apiId,
        integrationType: "AWS_PROXY",
        payloadFormatVersion: payloadVersion,
      });
      const owner = reader.owner("aws:lambda/function:Function", "arn", integrationUri);
      return [`integrations/${integration.state.id}`, manifestName(owner, reader.stage)];
    }),
  );
  const routes = reader.all("aws:apigatewayv2/route:Route").map((route) => {
    const { routeKey, target, ...rest } = route.inputs;
    expectRest(route, rest, { apiId, authorizationType: "NONE" });
    return [String(routeKey), called.get(String(target)) ?? ""] as const;
  });
  const targets = reader.all("aws:apigatewayv2/route:Route").map(({ inputs }) => String(inputs.target));
  const led = integrations.map(({ state }) => `integrations/${state.id}`);
  expectRest(api, [...new Set(targets)].sort(), led.sort());
  return {
    routes: byName(routes),
    payloadVersion,
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
