// A process of its own, to be killed: no event is ever handled.
import { startLocalSes } from "../../../local/ses/start-local-ses.ts";

const ses = await startLocalSes({
  port: 0,
  dataDir: process.argv[2] ?? "",
  now: () => new Date("2026-03-02T09:30:00.250Z"),
  emit: () => new Promise(() => {}),
});
console.log(ses.url);
