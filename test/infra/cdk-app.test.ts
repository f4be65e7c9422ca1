import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { readExtraEnvironment } from "../../infra/cdk/extra-environment.ts";
import { bundleFolder } from "../../infra/cdk/stack.ts";
import { settingsOf, synthesise } from "./synthesise.ts";

const root = join(import.meta.dirname, "../..");
const enough = { STEPLETTER_MAIL_DOMAIN: "example.org", STEPLETTER_ALARM_EMAIL: "operator@example.org" };

describe("the CDK app", { timeout: 120_000 }, () => {
  it("names every setting that is missing, and nothing of its own code", async () => {
    const { code, stderr } = await run({}, {});
    expect(code).toBe(1);
    expect(stderr).toContain("STEPLETTER_MAIL_DOMAIN is missing");
    expect(stderr).toContain("STEPLETTER_ALARM_EMAIL is missing");
    expect(stderr).not.toMatch(/\.ts|^\s+at /m);
  });

  it("is about production unless told otherwise, and then takes no variables from the command line", async () => {
    const { code, stderr } = await run(enough, { environment: '{"LOG_LEVEL":"DEBUG"}' });
    expect(code).toBe(1);
    expect(stderr).toContain("production");
    const { stderr: other } = await run(enough, { stage: "Dev!" });
    expect(other).toContain('the stage "Dev!"');
  });

  it("takes the bundles from where they are built", () => {
    expect(relative(root, bundleFolder)).toBe("dist/functions");
  });

  it("has no other way to the functions' environment in production", () => {
    expect(readExtraEnvironment(undefined, settingsOf())).toEqual({});
    expect(() => readExtraEnvironment("{}", settingsOf())).toThrow("production");
  });

  it.each(["{", "[]", "7", '{"LOG_LEVEL":1}', "null"])("refuses %s as variables of a stage", (text) => {
    expect(() => readExtraEnvironment(text, settingsOf({ stage: "dev" }))).toThrow("is to be JSON like");
  });

  it("gives them to every function, and to nothing else", () => {
    const settings = settingsOf({ stage: "dev" });
    const url = "http://127.0.0.1:1234";
    const environment = readExtraEnvironment(`{"AWS_ENDPOINT_URL_SESV2":"${url}"}`, settings);
    const { template, factsOf } = synthesise(settings, { environment });
    const { functions, parameters } = factsOf(template);
    for (const each of Object.values(functions)) expect(each.environment.AWS_ENDPOINT_URL_SESV2).toBe(url);
    expect(JSON.stringify(parameters)).not.toContain(url);
  });
});

describe("the stack", { timeout: 120_000 }, () => {
  it("is protected against removal in production alone", () => {
    expect(synthesise(settingsOf()).artifact.terminationProtection).toBe(true);
    expect(synthesise(settingsOf({ stage: "dev" })).artifact.terminationProtection).toBeFalsy();
  });

  it("tells where the service is, and by which parameter commands find their way", () => {
    const { artifact, template } = synthesise(settingsOf({ stage: "dev" }));
    expect(artifact.stackName).toBe("stepletter-dev");
    expect(Object.keys(template.Outputs).sort()).toEqual(["EnvironmentParameter", "PublicUrl", "TableName"]);
    expect(template.Outputs.EnvironmentParameter.Value).toBe("/stepletter/dev/environment");
  });

  it("tells what the operator's DNS has to point to", () => {
    const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/1";
    const { template } = synthesise(settingsOf({ web: { domain: "news.example.org", certificateArn } }));
    expect(template.Outputs.PublicUrl.Value).toBe("https://news.example.org");
    expect(template.Outputs.WebTarget.Value).toEqual({
      "Fn::GetAtt": [expect.stringMatching(/^Domain/), "RegionalDomainName"],
    });
  });
});

function run(environment: Record<string, string>, context: Record<string, string>) {
  const env = { PATH: process.env.PATH, CDK_CONTEXT_JSON: JSON.stringify(context), ...environment };
  return new Promise<{ code: number; stderr: string }>((done) => {
    execFile(process.execPath, ["infra/cdk/app.ts"], { cwd: root, env }, (error, _, stderr) =>
      done({ code: Number(error?.code ?? 0), stderr }),
    );
  });
}
