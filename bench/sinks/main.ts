import { listen } from "../../local/loopback.ts";
import { createSink } from "./sink.ts";

/** A sink as a process of its own, so that its work does not count with that of the client. */
console.log(await listen(createSink(), 0));
