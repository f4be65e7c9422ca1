import { type Command, InvalidArgumentError, Option } from "commander";
import { stageName } from "../infra/settings.ts";

/** Which service a command works on: one on this machine, or a stage in the operator's own AWS account. */
export interface Where {
  data?: string;
  stage: string;
}

/** Adds `--stage` and `--data` to a command. */
export function addWhereOptions(command: Command): Command {
  return addStageOption(command).option(
    "--data <directory>",
    "of a service that runs on this machine instead",
  );
}

/** Adds `--stage` to a command that makes no sense on one machine. */
export function addStageOption(command: Command): Command {
  const stage = new Option("--stage <stage>", "the deployment on AWS, with your own credentials and region");
  return command.addOption(stage.argParser(readStage).default("production"));
}

function readStage(stage: string): string {
  if (stageName.test(stage) && stage !== "local") return stage;
  throw new InvalidArgumentError("A stage is a short lower-case word, such as production.");
}
