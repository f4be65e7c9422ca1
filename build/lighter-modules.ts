import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * Modules of packages that no function runs, though something that it does run imports them, with what stands in
 * for them. test/build/bundle.test.ts drives the bundles, so that whatever is run after all shows.
 */
const standIns: { module: RegExp; contents: string }[] = [
  {
    // A function's credentials are in its environment, and adapters/clients.ts hands them over. The name is the one by
    // which adapters/ses/classify.ts knows that nothing was sent.
    module: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    contents: `export const defaultProvider = () => async () => {
      throw Object.assign(new Error("The environment holds no credentials"), { name: "CredentialsProviderError" });
    };`,
  },
  {
    // Of undici only the agent that fetches feeds: no fetch(), WebSocket, cache or mock.
    module: /\/undici\/index\.js$/,
    contents: `Object.assign(require("./lib/dispatcher/dispatcher").prototype, require("./lib/api"));
      exports.Agent = require("./lib/dispatcher/agent");`,
  },
  // For processors without SIMD; Lambda has none.
  { module: /\/undici\/lib\/llhttp\/llhttp-wasm\.js$/, contents: "" },
  // xml2js writes XML with it; feeds are only read.
  { module: /\/xmlbuilder\/lib\/index\.js$/, contents: "" },
];

/** Of these clients no error class matters, only its name, which an answer keeps without a class for it. */
const nameless = /\/client-ssm\//;

/** Leaves out of packages what no function needs and esbuild cannot tell. */
export const lighterModules: Plugin = {
  name: "lighter-modules",
  setup({ onLoad }) {
    for (const { module, contents } of standIns)
      onLoad({ filter: module }, () => ({ contents, loader: "js" }));
    onLoad({ filter: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\// }, async ({ path }) => ({
      contents: shakeable(await readFile(path, "utf8"), nameless.test(path)),
      loader: "js",
    }));
  },
};

/**
 * The shapes of a service's requests and answers, most of which belong to operations that we never call. esbuild
 * keeps an unused one whose keys are computed, `{ [_h]: … }`, so the constants are put in for their names.
 */
function shakeable(shapes: string, withoutErrors: boolean): string {
  const constants = new Map(
    [...shapes.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name = "", text = ""]) => [name, text]),
  );
  const keyed = shapes.replace(/\[(_\w+)\]:/g, (key, name) => `${constants.get(name) ?? key}:`);
  return withoutErrors ? keyed.replace(/^n0_registry\.registerError\(.*\);$/gm, "") : keyed;
}
