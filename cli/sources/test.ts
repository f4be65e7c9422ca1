import type { Command } from "commander";
import * as z from "zod";
import { secretsOf } from "../../core/source/source-secrets.ts";
import { readKeyRing } from "../change-key-ring.ts";
import { Failure, misuse } from "../failure.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { clockOf } from "../where-clock.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { addressOf } from "./create.ts";
import { baseUrl, loadSource, missing } from "./find-source.ts";
import { type Called, sampleCall } from "./sample-call.ts";

type Options = SharedOptions & Where & { payload?: string };

const patienceMs = 30_000;

const hints: Record<string, string[]> = {
  "hook.unauthorized": ["A secret that was made just now is known within half a minute: try again."],
};

const Answer = z.object({
  status: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  reason: z.string().optional(),
});

/** `stepletter sources test` */
export function addSourcesTest(sources: Command): void {
  addWhereOptions(sources.command("test"))
    .description(
      "Calls a webhook as its site would: all is checked and the call is noted, but nobody is signed up",
    )
    .argument("<name>")
    .option("--payload <file>", "JSON as the site sends it, with test@stepletter.invalid for the address")
    .action(async (name: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const source: Called | undefined = await loadSource(options, name);
      if (source?.kind === "form") throw misuse("A form is not signed: open its page, and sign up.");
      const [secret] = secretsOf(await readKeyRing(options), name);
      if (!source && !secret) throw missing(name);
      if (!secret)
        throw new Failure(
          "source.no-secret",
          `The source ${name} has no secret: stepletter sources rotate ${name}`,
        );
      const called = source ?? { kind: "standard" };
      const url = addressOf(await baseUrl(command, options), { name, kind: called.kind });
      const call = sampleCall(called, secret, clockOf(options).now(), options.payload);
      await send(url, call);
      print(
        options.json,
        { name, url, status: "test" },
        `It works: ${url} has taken a call signed by the newest secret, and has signed up nobody.\nSee it: stepletter sources calls ${name}`,
      );
    });
}

async function send(url: string, call: { headers: Record<string, string>; body: string }): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
    ...call,
  }).catch((cause: unknown) => {
    throw new Failure(
      "service.unreachable",
      `Nothing answers at ${url}. Start the service with npm start, or say where it is with --url or STEPLETTER_URL.`,
      { cause },
    );
  });
  const { status, code, message, reason } = Answer.catch({}).parse(await response.json().catch(() => ({})));
  if (response.ok && status === "test") return;
  throw new Failure(
    code ?? "service.strange",
    message
      ? [
          `${url} answered with status ${response.status}: ${message}`,
          ...(hints[code ?? ""] ?? [reason ?? ""]),
        ]
          .join("\n")
          .trimEnd()
      : `${url} answered with status ${response.status}, and not as Stepletter does. Check the address in --url or STEPLETTER_URL.`,
  );
}
