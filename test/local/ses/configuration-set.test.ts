import {
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  NotFoundException,
} from "@aws-sdk/client-sesv2";
import { expect, it } from "vitest";
import { startSes } from "./ses-harness.ts";

const ConfigurationSetName = "stepletter-local";

it("knows the configuration set of this machine, which hands all events on, and no other", async () => {
  const { client } = await startSes();
  const set = await client.send(new GetConfigurationSetCommand({ ConfigurationSetName }));
  expect(set).toMatchObject({ ConfigurationSetName, SendingOptions: { SendingEnabled: true } });
  const { EventDestinations = [] } = await client.send(
    new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName }),
  );
  expect(EventDestinations).toMatchObject([
    { Enabled: true, MatchingEventTypes: expect.arrayContaining(["BOUNCE"]) },
  ]);
  for (const call of [GetConfigurationSetCommand, GetConfigurationSetEventDestinationsCommand])
    await expect(client.send(new call({ ConfigurationSetName: "other" }))).rejects.toThrow(NotFoundException);
});
