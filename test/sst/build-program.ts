/** Bundles the program that evaluates sst.config.ts, once for all tests. */
export { buildProgram as setup } from "./evaluate.ts";
