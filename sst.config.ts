/// <reference path="./.sst/platform/config.d.ts" />

// SST refuses imports at the top of this file.
export default $config({
  app({ stage }) {
    const production = stage === "production";
    const region = process.env.AWS_REGION;
    return {
      name: "stepletter",
      home: "aws",
      removal: production ? "retain" : "remove",
      protect: production,
      // Without AWS_REGION the region of the AWS profile is taken.
      providers: { aws: region ? { region } : {} },
    };
  },
  async run() {
    const { readSettings } = await import("./infra/settings.ts");
    const settings = readSettings(process.env, $app.stage);
    // STEPLETTER_BUNDLES=ready says that they are there already.
    if (process.env.STEPLETTER_BUNDLES !== "ready") {
      const { execSync } = await import("node:child_process");
      execSync("npm run --silent bundle", { cwd: $cli.paths.root, stdio: "inherit" });
    }
    const { createService } = await import("./infra/sst/service.ts");
    return createService(settings);
  },
});
