import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { hashKey, newKey } from "../../core/admin/admin-key.ts";
import { environmentFile, writeEnvironment } from "../../local/environment-file.ts";
import { startAwsStub } from "../helpers/aws-stub.ts";
import { callApi } from "../helpers/campaigns.ts";
import { parameterAnswers } from "../helpers/parameters-stub.ts";
import { allRows } from "../helpers/rows.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { tempDir } from "../local/temp-dir.ts";
import { runCli } from "./run-cli.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe("stepletter keys create --first", () => {
  it("prints the first key once, stores its hash, and refuses another", async () => {
    const data = tempDir();
    writeEnvironment(data, service.environment);
    const made = await runCli(["keys", "create", "--first", "--data", data]);
    expect(made).toMatchObject({ code: 0, stderr: "" });
    const [key = ""] = /^slk_[\w-]{43}$/m.exec(made.stdout) ?? [];
    expect(made.stdout).toContain(`export STEPLETTER_KEY=${key}`);
    expect((await callApi(service, { path: "/v1/campaigns/none", key })).status).toBe(404);
    const table = JSON.stringify(await allRows(service));
    expect(table).toContain(hashKey(key));
    expect(table).not.toContain(key);

    const again = await runCli(["keys", "create", "--first", "--data", data, "--json"]);
    expect(again).toMatchObject({ code: 1, stdout: "" });
    const { code, message } = JSON.parse(again.stderr);
    expect(code).toBe("key.first-exists");
    expect(message).toContain("delete the row ADMIN#FIRST / KEY from the table stepletter");
  });

  it("says what to do when no service runs there, or it does not answer", async () => {
    const data = tempDir();
    const none = await runCli(["keys", "create", "--first", "--data", data]);
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining(`npm start -- --data ${data}`) });
    writeFileSync(join(data, environmentFile), "{}");
    expect((await runCli(["keys", "create", "--first", "--data", data])).code).toBe(1);
    writeEnvironment(data, { ...service.environment, AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1" });
    const dead = await runCli(["keys", "create", "--first", "--data", data]);
    expect(dead).toMatchObject({ code: 1, stderr: expect.stringContaining("does not answer. Start it") });
  });

  it("uses the ordinary environment of AWS otherwise", async () => {
    const { AWS_ENDPOINT_URL_DYNAMODB = "" } = service.environment;
    const environment = {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "operator",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL_DYNAMODB,
    };
    const named = ["keys", "create", "--first", "--table"];
    const refused = await runCli([...named, "stepletter"], environment);
    expect(refused.stderr).toContain("The first key was made on");
    const wrong = await runCli([...named, "other"], environment);
    expect(wrong).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("The table other cannot be reached: ResourceNotFoundException"),
    });
  });

  it("finds the table of a stage by the environment that its stack has written", async () => {
    const { AWS_ENDPOINT_URL_DYNAMODB = "" } = service.environment;
    const deployed = JSON.stringify({ TABLE_NAME: "stepletter", AWS_REGION: "us-east-1" });
    const parameters = new Map([["/stepletter/test/environment", [deployed]]]);
    const aws = await startAwsStub(parameterAnswers(parameters));
    onTestFinished(() => aws.close());
    const environment = {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "operator",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL_DYNAMODB,
      AWS_ENDPOINT_URL_SSM: aws.url,
    };
    const refused = await runCli(["keys", "create", "--first", "--stage", "test"], environment);
    expect(refused.stderr).toContain("The first key was made on");
    const nowhere = await runCli(["keys", "create", "--first"], environment);
    expect(nowhere).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        "The stage production is not deployed in this region. Deploy it with npx sst",
      ),
    });
    aws.answers = {};
    const denied = await runCli(["keys", "create", "--first"], environment);
    expect(denied).toMatchObject({ code: 1, stderr: expect.stringContaining("lack ssm:GetParameter") });
  });

  it("wants to know whose key, and what it may do", async () => {
    const environment = { STEPLETTER_KEY: newKey() };
    for (const [args, words] of [
      [[], "add --name"],
      [["--name", "Ben"], "add --role or --scope"],
      [["--name", "Ben", "--role", "viewer", "--scope", "feeds:read"], "one of the two"],
      [["--name", "Ben", "--role", "king"], "Allowed choices are"],
    ] as const)
      expect(await runCli(["keys", "create", ...args], environment)).toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringContaining(words),
      });
  });
});

describe("the environment of a running service", () => {
  it("is for nobody else to read, and goes when the service stops", () => {
    const data = tempDir();
    const path = join(data, environmentFile);
    writeFileSync(path, "old", { mode: 0o644 });
    const forget = writeEnvironment(data, { TABLE_NAME: "stepletter" });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    forget();
    expect(() => statSync(path)).toThrow();
  });
});
