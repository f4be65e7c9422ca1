import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { describe, expect, it, onTestFinished } from "vitest";
import { startSsm } from "../../local/ssm.ts";
import { local } from "./clients.ts";
import { tempDir } from "./temp-dir.ts";

const Name = "/stepletter/local/keys";

describe("local SSM", () => {
  it("answers with keys that it made and keeps to itself", async () => {
    const directory = tempDir();
    const { client } = await start(directory);
    const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
    const keys = JSON.parse(Parameter?.Value ?? "");
    const demo = [expect.stringMatching(/^whsec_[\w+/]{43}=$/)];
    const text = [expect.stringMatching(/^[0-9a-f]{64}$/)];
    const webhooks = { demo, typeform: text, tally: text };
    expect(keys).toEqual({ hash: key, tokens: [{ kid: "k1", secret: key }], webhooks });
    expect(keys.hash).not.toBe(keys.tokens[0].secret);
    expect(Parameter?.Type).toBe("SecureString");
    expect(statSync(join(directory, "keys.json")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, "keys.json"), "utf8")).toBe(Parameter?.Value);
  });

  it("keeps the keys over a restart, and makes others elsewhere", async () => {
    const directory = tempDir();
    const values = [];
    for (const dataDir of [directory, directory, tempDir()]) {
      const { client } = await start(dataDir);
      values.push((await client.send(new GetParameterCommand({ Name }))).Parameter?.Value);
    }
    expect(values[1]).toBe(values[0]);
    expect(values[2]).not.toBe(values[0]);
  });

  it("takes other keys in their place, keeps them over a restart, and tells their version", async () => {
    const directory = tempDir();
    const { client } = await start(directory);
    const put = { Name, Type: "SecureString", Value: '{"hash":"x"}' } as const;
    expect((await client.send(new PutParameterCommand({ ...put, Overwrite: true }))).Version).toBe(2);
    const { Parameter } = await client.send(new GetParameterCommand({ Name }));
    expect(Parameter).toMatchObject({ Value: put.Value, Version: 2 });
    expect(statSync(join(directory, "keys.json")).mode & 0o777).toBe(0o600);
    const again = await start(directory);
    expect((await again.client.send(new GetParameterCommand({ Name }))).Parameter?.Value).toBe(put.Value);
    await expect(client.send(new PutParameterCommand(put))).rejects.toThrow(ParameterAlreadyExists);
    for (const wrong of [{ Name: "/other" }, { Value: "x".repeat(4_097) }, { Type: "String" as const }]) {
      const command = new PutParameterCommand({ ...put, Overwrite: true, ...wrong });
      await expect(client.send(command)).rejects.toMatchObject({ name: "ValidationException" });
    }
  });

  it("has no other parameter and no other action", async () => {
    const { client } = await start(tempDir());
    await expect(client.send(new GetParameterCommand({ Name: "/other" }))).rejects.toThrow(ParameterNotFound);
    await expect(client.send(new DeleteParameterCommand({ Name }))).rejects.toMatchObject({
      name: "InvalidAction",
    });
  });

  it("refuses what it cannot read", async () => {
    const { url } = await start(tempDir());
    const headers = { "x-amz-target": "AmazonSSM.GetParameter" };
    const response = await fetch(url, { method: "POST", headers, body: "{" });
    expect(response.status).toBe(400);
  });
});

const key = expect.stringMatching(/^[\w-]{43}$/);

async function start(dataDir: string) {
  const server = await startSsm(dataDir, Name);
  const client = new SSMClient({ ...local, endpoint: server.url });
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { client, url: server.url };
}
