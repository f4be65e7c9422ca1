import type {
  GetConfigurationSetEventDestinationsResponse,
  GetConfigurationSetResponse,
} from "@aws-sdk/client-sesv2";
import { Hono } from "hono";
import { namesOf, service } from "../../infra/service.ts";
import { SesError } from "./ses-error.ts";

const ours = namesOf(service, "local").configurationSet;
const path = "/v2/email/configuration-sets/:name";

/** GetConfigurationSet and its event destinations, for the one set that the functions name here. */
export function configurationSetRoutes(): Hono {
  return new Hono()
    .get(path, (c) => c.json(configurationSet(known(c.req.param("name")))))
    .get(`${path}/event-destinations`, (c) => c.json(eventDestinations(known(c.req.param("name")))));
}

function known(name: string): string {
  if (name === ours) return name;
  throw new SesError(404, "NotFoundException", `Configuration set <${name}> does not exist.`);
}

function configurationSet(name: string): GetConfigurationSetResponse {
  return {
    ConfigurationSetName: name,
    SendingOptions: { SendingEnabled: true },
    ReputationOptions: { ReputationMetricsEnabled: true },
    SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
  };
}

function eventDestinations(name: string): GetConfigurationSetEventDestinationsResponse {
  return {
    EventDestinations: [
      {
        Name: name,
        Enabled: true,
        MatchingEventTypes: [...service.mail.events],
        EventBridgeDestination: { EventBusArn: "arn:aws:events:us-east-1:000000000000:event-bus/default" },
      },
    ],
  };
}
