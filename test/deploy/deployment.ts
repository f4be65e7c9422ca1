import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Instant, toInstant } from "../../core/time/instant.ts";
import { namesOf, service } from "../../infra/service.ts";
import { type LocalSes, startLocalSes } from "../../local/ses/start-local-ses.ts";
import { type Clients, createClients } from "./clients.ts";
import { installMinistack, startMinistack } from "./ministack.ts";
import { startNews } from "./news.ts";
import { removeAtEnd, run } from "./processes.ts";
import { layOutProject } from "./project.ts";
import { step } from "./step.ts";

const stage = "test";
/** Stack, configuration set and parameters of the stage. */
export const names = { stack: `${service.name}-${stage}`, ...namesOf(service, stage) };

/** The service on the emulator, with mailboxes. */
export interface Deployment {
  clients: Clients;
  ses: LocalSes;
  /** The functions' environment, as the stack wrote it down for commands. */
  environment: Record<string, string>;
  /** Where the emulator listens, whatever host a request names. */
  gateway: string;
  /** The project that was deployed, with its built catalogue. */
  project: string;
  /** Runs a command of the operator's on the stage. */
  stepletter(...args: string[]): Promise<string>;
  /** Deploys with these variables besides those of the manifest. */
  deploy(extra: Record<string, string>): Promise<void>;
}

/** Deploys the stack with the CDK's own command line onto an emulator; `onClose` gets what stops each part again. */
export async function startDeployment(onClose: (close: () => unknown) => void): Promise<Deployment> {
  const root = join(import.meta.dirname, "../..");
  const folder = await mkdtemp(join(tmpdir(), "stepletter-deploy-"));
  removeAtEnd(folder);
  onClose(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const project = join(folder, "project");
  // Not inside the project: its package.json would make modules of the emulator's scripts.
  const emulatorDir = join(folder, "emulator");
  await mkdir(emulatorDir);
  const bin = join(root, "node_modules/.bin");
  const base = {
    PATH: [bin, process.env.PATH].join(delimiter),
    HOME: folder,
    // The CDK's custom resources find their SDK by it, which AWS has in Lambda.
    NODE_PATH: join(root, "node_modules"),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
  };

  await step("install the emulator", installMinistack);
  const emulator = await step("start the emulator", () => startMinistack(emulatorDir, base));
  onClose(emulator.stop);
  const clients = createClients(emulator.url);
  onClose(clients.destroy);
  const ses = await startLocalSes({
    port: 0,
    dataDir: join(folder, "ses"),
    now: () => new Date(),
    // On AWS the configuration set does this; the way from the bus on is what was deployed.
    emit: (event) => clients.putEvent(event),
  });
  onClose(ses.close);

  const env = {
    ...base,
    AWS_ENDPOINT_URL: emulator.url,
    AWS_ENDPOINT_URL_S3: emulator.url,
    CDK_DISABLE_CLI_TELEMETRY: "true",
    STEPLETTER_MAIL_DOMAIN: "minutes.example",
    STEPLETTER_ALARM_EMAIL: "alarms@minutes.example",
  };
  const cdk = (args: string[], cwd: string, timeoutSeconds: number) =>
    run(join(bin, "cdk"), [...args, "--no-notices", "--no-color"], { cwd, env, timeoutSeconds });
  const deploy = async (extra: Record<string, string>) => {
    const environment = JSON.stringify({ AWS_ENDPOINT_URL_SESV2: ses.url, ...extra });
    const context = ["-c", `stage=${stage}`, "-c", `environment=${environment}`];
    await cdk(["deploy", names.stack, "--require-approval", "never", ...context], project, 200);
  };
  const stepletter = (...args: string[]) => {
    const command = [join(root, "cli/stepletter.ts"), ...args, "--stage", stage];
    return run("node", command, { cwd: folder, env, timeoutSeconds: 30 });
  };
  const news = await startNews();
  onClose(news.close);
  await step("lay out the project", () => layOutProject(project, news.url));
  await step("cdk bootstrap", () => cdk(["bootstrap", "aws://000000000000/us-east-1"], emulatorDir, 120));
  await step("stepletter keys init", () => stepletter("keys", "init"));
  await step("cdk deploy", () => deploy({}));

  return {
    clients,
    ses,
    environment: JSON.parse(await clients.parameter(names.environmentParameter)),
    gateway: emulator.url,
    project,
    stepletter,
    deploy,
  };
}

/** The instant at which this machine is. */
export function now(): Instant {
  return toInstant(Date.now());
}
