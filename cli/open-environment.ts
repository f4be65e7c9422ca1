import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetParameterCommand, ParameterNotFound, SSMClient } from "@aws-sdk/client-ssm";
import * as z from "zod";
import { namesOf, service } from "../infra/service.ts";
import { endpointVariables } from "../local/environment.ts";
import { environmentFile } from "../local/environment-file.ts";
import { type ClientSettings, patience, watch } from "./aws-client.ts";
import { explainError } from "./explain-error.ts";
import { Failure } from "./failure.ts";
import type { Where } from "./where-options.ts";

const Deployed = z.looseObject({ TABLE_NAME: z.string(), AWS_REGION: z.string() }).catchall(z.string());
const Written = Deployed.extend({ AWS_ACCESS_KEY_ID: z.string(), AWS_SECRET_ACCESS_KEY: z.string() });

/** What the functions of a service have as their environment. */
export type FunctionEnvironment = Record<string, string> & z.infer<typeof Deployed>;

/** A service that a command can work on, deployed already or not. */
export interface Place {
  stage: string;
  /** The data directory, of a service on this machine. */
  data: string | undefined;
  /** How a client of the SDK gets there. */
  settingsFor(service: string): ClientSettings;
  /** Undefined when the stage is not deployed in this region. */
  environment(): Promise<FunctionEnvironment | undefined>;
}

/**
 * Finds a service: by the file that one on this machine leaves in its data directory, or else in the operator's
 * AWS account, as credentials and region of the environment, or of `.env`, say.
 * @throws Failure when no service runs in the directory.
 */
export function openPlace({ data, stage }: Where): Place {
  if (data !== undefined) return placeOnThisMachine(data);
  loadEnvFile();
  const settingsFor = () => ({ ...patience });
  return { stage, data, settingsFor, environment: () => readEnvironment(stage, settingsFor()) };
}

/**
 * The environment of a deployed or running service.
 * @throws Failure that says what to do when there is none, or it cannot be read.
 */
export async function openEnvironment(where: Where): Promise<Place & { values: FunctionEnvironment }> {
  const place = openPlace(where);
  const values = await place.environment().catch((error: unknown) => {
    const failed = cannot(`The environment of stage ${where.stage} cannot be read`, error);
    if (where.data !== undefined) throw failed;
    throw new Failure(failed.code, `${failed.message}\n${orHere}`, { cause: error });
  });
  if (values) return { ...place, values };
  throw new Failure(
    "stage.not-deployed",
    `The stage ${where.stage} is not deployed in this region. Deploy it with ${deployCommands(where.stage)}. ` +
      orHere,
  );
}

/** How a stage is deployed, in either way. */
export function deployCommands(stage: string): string {
  return `npx sst deploy --stage ${stage}   or   npx cdk deploy -c stage=${stage}`;
}

const orHere = "Or give --data .stepletter for a service on this machine.";

/** A failed call as the failure of a command. */
export function cannot(what: string, error: unknown): Failure {
  const { kind, says, next } = explainError(error);
  return new Failure(`aws.${kind}`, `${what}: ${says}.${next ? `\n${next}` : ""}`, { cause: error });
}

function placeOnThisMachine(data: string): Place {
  const written = readWritten(data);
  return {
    stage: "local",
    data,
    settingsFor: (service) => ({
      ...patience,
      region: written.AWS_REGION,
      credentials: credentialsOf(written),
      ...endpointOf(service, written),
    }),
    environment: async () => written,
  };
}

function endpointOf(service: string, written: Record<string, string>): { endpoint?: string } {
  const variable = endpointVariables[service as keyof typeof endpointVariables];
  const endpoint = variable && written[variable];
  return endpoint ? { endpoint } : {};
}

function credentialsOf(written: Record<string, string> & z.infer<typeof Written>) {
  return {
    accessKeyId: written.AWS_ACCESS_KEY_ID,
    secretAccessKey: written.AWS_SECRET_ACCESS_KEY,
    ...(written.AWS_SESSION_TOKEN && { sessionToken: written.AWS_SESSION_TOKEN }),
  };
}

async function readEnvironment(
  stage: string,
  settings: ClientSettings,
): Promise<FunctionEnvironment | undefined> {
  const ssm = watch(new SSMClient(settings), "ssm");
  const Name = namesOf(service, stage).environmentParameter;
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    return parseDeployed(Name, Parameter?.Value ?? "");
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  } finally {
    ssm.destroy();
  }
}

function parseDeployed(name: string, value: string): FunctionEnvironment {
  try {
    return Deployed.parse(JSON.parse(value));
  } catch (cause) {
    throw new Error(`${name} does not hold the environment of a stage`, { cause });
  }
}

function readWritten(data: string): Record<string, string> & z.infer<typeof Written> {
  try {
    return Written.parse(JSON.parse(readFileSync(join(data, environmentFile), "utf8")));
  } catch (cause) {
    throw new Failure(
      "service.not-running",
      `No service runs in ${data}. Start it there with npm start -- --data ${data}, and try again.`,
      { cause },
    );
  }
}

/** The same file that a deployment reads; what the environment says already stays. */
function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
