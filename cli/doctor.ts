import { type Command, Option } from "commander";
import type { SharedOptions } from "./shared-options.ts";
import { addWhereOptions, type Where } from "./where-options.ts";

/** `stepletter doctor`: exit code 1 if anything blocks. */
export function addDoctor(program: Command): void {
  addWhereOptions(program.command("doctor"))
    .description("Looks whether a service can send, before and after it is deployed, and says what to do")
    .addOption(new Option("--dns <address...>", "name servers to ask, instead of this machine's"))
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where & { dns?: string[] }>();
      // It brings clients of half a dozen services, which no other command should wait for.
      const { runDoctor } = await import("./doctor/run-doctor.ts");
      process.exitCode = await runDoctor(options);
    });
}
