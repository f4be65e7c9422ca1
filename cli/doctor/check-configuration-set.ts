import { GetConfigurationSetCommand, NotFoundException } from "@aws-sdk/client-sesv2";
import { deployCommands } from "../open-environment.ts";
import { advice, blocks, ok } from "./finding.ts";
import { deployedCheck } from "./probe.ts";

/** Whether the configuration set that every mail names is there, and sends. */
export const checkConfigurationSet = deployedCheck({
  name: "configuration set",
  async run({ clients, environment, stage }) {
    const name = environment.CONFIGURATION_SET ?? "";
    try {
      const set = await clients.ses.send(new GetConfigurationSetCommand({ ConfigurationSetName: name }));
      if (set.SendingOptions?.SendingEnabled === false)
        return [
          blocks(
            `sending is paused for ${name}`,
            `aws sesv2 put-configuration-set-sending-options --configuration-set-name ${name} --sending-enabled`,
          ),
        ];
      if (set.ReputationOptions?.ReputationMetricsEnabled === false)
        return [advice(`${name} counts no bounces and complaints for its alarms`, deployCommands(stage))];
      return [ok(name)];
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
      return [
        blocks(
          `SES does not know ${name} in this region, and refuses mails that name it`,
          deployCommands(stage),
        ),
      ];
    }
  },
});
