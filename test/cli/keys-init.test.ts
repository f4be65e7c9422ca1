import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseKeyRing } from "../../adapters/ssm/keys.ts";
import { writeEnvironment } from "../../local/environment-file.ts";
import { type AwsStub, Refusal, startAwsStub } from "../helpers/aws-stub.ts";
import { keyRing } from "../helpers/keys.ts";
import { type Parameters, parameterAnswers } from "../helpers/parameters-stub.ts";
import { tempDir } from "../local/temp-dir.ts";
import { runCli } from "./run-cli.ts";

const parameter = "/stepletter/production/keys";
let aws: AwsStub;
let parameters: Parameters;
beforeAll(async () => {
  aws = await startAwsStub({});
});
beforeEach(() => {
  parameters = new Map();
  aws.answers = parameterAnswers(parameters);
});
afterAll(() => aws.close());

const keys = (args: string[], changes: Record<string, string> = {}) =>
  runCli(["keys", ...args], {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: aws.url,
    ...changes,
  });

const newest = (name = parameter) => parseKeyRing(parameters.get(name)?.at(-1) ?? "");

describe("stepletter keys init", () => {
  it("writes a ring, shows none of it, and never overwrites one", async () => {
    const made = await keys(["init"]);
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(made.stdout).toContain(`The keys of stage production are in ${parameter}, in eu-west-1.`);
    const { hash, tokens } = newest();
    for (const secret of [hash, ...tokens.map((key) => key.secret)])
      expect(made.stdout).not.toContain(secret);

    const again = await keys(["init", "--json"]);
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(again.stderr)).toMatchObject({
      code: "keys.exist",
      message: expect.stringContaining("never overwritten"),
    });
    expect(parameters.get(parameter)).toHaveLength(1);
    expect(newest().hash).toBe(hash);
  });

  it("keeps stages apart", async () => {
    const made = await keys(["init", "--stage", "test", "--json"]);
    expect(JSON.parse(made.stdout)).toEqual({
      stage: "test",
      region: "eu-west-1",
      parameter: "/stepletter/test/keys",
    });
    expect([...parameters.keys()]).toEqual(["/stepletter/test/keys"]);
  });

  it("has nothing to do for a service on this machine", async () => {
    const data = tempDir();
    const environment = {
      TABLE_NAME: "a",
      AWS_REGION: "b",
      AWS_ACCESS_KEY_ID: "c",
      AWS_SECRET_ACCESS_KEY: "d",
    };
    writeEnvironment(data, environment);
    expect(await keys(["init", "--data", data])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("has its keys already"),
    });
  });

  it.each([
    ["no region", {}, { AWS_REGION: "" }, "no AWS region is set.\nexport AWS_REGION="],
    [
      "no permission",
      { "ssm:PutParameter": new Refusal("AccessDeniedException") },
      {},
      "The keys cannot be written: your credentials lack ssm:PutParameter.",
    ],
    [
      "old credentials",
      { "ssm:PutParameter": new Refusal("ExpiredTokenException") },
      {},
      "AWS refuses the credentials (ExpiredTokenException).\naws sso login",
    ],
  ])("says what to do about %s", async (_, answers, changes, words) => {
    Object.assign(aws.answers, answers);
    const ran = await keys(["init"], changes);
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toContain(words);
  });

  it.each(["Prod", "local", "a/b"])("takes no stage that is called %s", async (stage) => {
    expect(await keys(["init", "--stage", stage])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("short lower-case word"),
    });
  });
});

describe("stepletter keys rotate", () => {
  const webhooks = { demo: [`whsec_${"A".repeat(43)}=`] };

  it("puts a key in front, and leaves all else as it is", async () => {
    parameters.set(parameter, [JSON.stringify({ ...keyRing, webhooks })]);
    const ran = await keys(["rotate"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(
      "The key k2 signs links of stage production from now on; 1 older one verifies",
    );
    const { hash, tokens, webhooks: kept } = newest();
    expect({ hash, webhooks: kept }).toEqual({ hash: keyRing.hash, webhooks });
    expect(tokens).toEqual([{ kid: "k2", secret: expect.any(String) }, ...keyRing.tokens]);
    expect(ran.stdout).not.toContain(tokens[0]?.secret);
  });

  it("needs keys, and well-formed ones, of which it quotes nothing", async () => {
    expect(await keys(["rotate"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("stepletter keys init --stage production"),
    });
    parameters.set(parameter, ['{"hash":"open-sesame"}']);
    const ran = await keys(["rotate"]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("does not hold a key ring") });
    expect(ran.stderr).not.toContain("sesame");
    expect(parameters.get(parameter)).toHaveLength(1);
  });

  it("stops at what a parameter can hold", async () => {
    const tokens = Array.from({ length: 61 }, (_, n) => ({ kid: `k${n}`, secret: keyRing.hash }));
    parameters.set(parameter, [JSON.stringify({ ...keyRing, tokens })]);
    expect(await keys(["rotate"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no room for another key"),
    });
  });

  it("notices somebody who changes the keys at the same time", async () => {
    parameters.set(parameter, [JSON.stringify(keyRing)]);
    const { "ssm:PutParameter": put } = aws.answers;
    aws.answers["ssm:PutParameter"] = (asked) => {
      parameters.get(parameter)?.push(JSON.stringify(keyRing));
      return (put as (asked: object) => object)(asked);
    };
    expect(await keys(["rotate"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("compare its versions 2 to 3"),
    });
  });
});
