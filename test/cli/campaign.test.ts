import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { newKey } from "../../core/admin/admin-key.ts";
import { handler as admin } from "../../functions/admin/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { close, listen } from "../../local/loopback.ts";
import { addMembers, adminKey } from "../helpers/campaigns.ts";
import { context } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { tick } from "../helpers/walk.ts";
import { tempDir } from "../local/temp-dir.ts";
import { runCli } from "./run-cli.ts";

let service: TestService;
let gateway: Gateway;
let environment: Record<string, string>;
beforeAll(async () => {
  service = await startService();
  gateway = await startGateway({
    port: 0,
    clock: service.clock,
    invoke: (event) => admin.with(service.depsOf("admin"))(event as never, context) as never,
    report: (error) => console.error(error),
  });
  environment = { STEPLETTER_URL: gateway.url, STEPLETTER_KEY: await adminKey(service) };
  await addMembers(service, 60);
});
afterAll(async () => {
  await gateway.close();
  await service.stop();
});

const letter = "---\ntitle: Spring news\n---\nThe **new codes** are out.\n";

function letterFile(name: string, text = letter): string {
  const file = join(tempDir(), name);
  writeFileSync(file, text);
  return file;
}

const send = (file: string, ...more: string[]) =>
  runCli(["campaign", "send", file, "--segment", "records", ...more], environment);
const campaign = (...args: string[]) => runCli(["campaign", ...args], environment);

describe("stepletter campaign", () => {
  it("sends, pauses, resumes and shows a campaign", async () => {
    const file = letterFile("spring-news.md");
    expect(await send(file)).toEqual({
      code: 0,
      stderr: "",
      stdout:
        "Campaign spring-news goes to the list records within a minute.\n" +
        "See how it goes: stepletter campaign status spring-news\n",
    });
    expect((await send(file)).stdout).toContain("was there already (freezing), so nothing is sent twice.");

    const paused = await campaign("pause", "spring-news");
    expect(paused).toMatchObject({ code: 0, stderr: "" });
    expect(paused.stdout).toContain("Campaign spring-news is paused");
    expect((await campaign("resume", "spring-news")).stdout).toContain("Campaign spring-news goes on");
    await tick(service);

    const { stdout, code } = await campaign("status", "spring-news");
    expect(code).toBe(0);
    expect(stdout).toMatch(/Subject +│ Spring news/);
    expect(stdout).toMatch(/State +│ done/);
    expect(stdout).toMatch(/Recipients +│ 60/);
    expect(stdout).toMatch(/Sent +│ 60/);
    for (const deed of ["pause", "resume"]) {
      const late = await campaign(deed, "spring-news");
      expect(late).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringContaining("all of it has gone"),
      });
    }
  });

  it("answers programs in JSON", async () => {
    const sent = await send(letterFile("in-json.md"), "--json");
    expect(JSON.parse(sent.stdout)).toMatchObject({ id: "in-json", state: "freezing" });
    const shown = await campaign("status", "in-json", "--json");
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: "in-json", title: "Spring news", waiting: 0 });
    const missing = await campaign("--json", "status", "none");
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(missing.stderr)).toMatchObject({ code: "campaign.missing" });
  });

  it("is named by --id, else by the file's id, else by the file's name", async () => {
    const file = letterFile("c.md", letter.replace("title", "id: by-front-matter\ntitle"));
    expect((await send(file)).stdout).toContain("Campaign by-front-matter goes");
    expect((await send(file, "--id", "by-option")).stdout).toContain("Campaign by-option goes");
  });

  it("reads what other editors write: CRLF and a byte order mark", async () => {
    const file = letterFile("crlf.md", `\uFEFF${letter.replaceAll("\n", "\r\n")}`);
    expect((await send(file)).code).toBe(0);
  });
});

describe("stepletter campaign, when it does not work, says why and what to do", () => {
  it.each([
    ["no front matter", "Hello\n", ["has no front matter. Begin it as here:\n---\ntitle:"]],
    ["no title", "---\nid: x\n---\nHello\n", ["no-title.md:2  title is missing: write the mail's subject"]],
    ["an unknown key", "---\ntitle: A\nlist: b\n---\nHello\n", [":3  list is no known key"]],
    ["no text", "---\ntitle: A\n---\n", ["markdown: Write the mail's text"]],
    ["HTML", "---\ntitle: A\n---\n\n<b>Hello</b>\n", ["Correct these fields.", "markdown: Line 2: HTML"]],
  ])("a file with %s", async (name, text, words) => {
    const ran = await send(letterFile(`${name.replaceAll(" ", "-").toLowerCase()}.md`, text));
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    for (const part of words) expect(ran.stderr).toContain(part);
  });

  it("no such file, another campaign under the id, no such list, no such campaign", async () => {
    const missing = await send("/nowhere/news.md");
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Check the name of the file."),
    });
    await send(letterFile("taken.md"));
    const taken = await send(letterFile("taken.md", letter.replace("codes", "rules")));
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining("Choose another id") });
    const list = await send(letterFile("list.md"), "--segment", "nobody");
    expect(list).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Choose one of: records, digest"),
    });
    const none = await campaign("status", "none/../x");
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("Check its spelling.") });
  });

  it("an unknown key, a viewer's key", async () => {
    const asked = (key: string) =>
      runCli(["campaign", "pause", "x"], { ...environment, STEPLETTER_KEY: key });
    expect(await asked(newKey())).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Set STEPLETTER_KEY to a key of this service"),
    });
    expect(await asked(await adminKey(service, "viewer"))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("lacks the scope campaigns:write"),
    });
  });

  it("nobody answers, or somebody else", async () => {
    const asked = (url: string) => runCli(["campaign", "status", "x", "--url", url], environment);
    expect(await asked("http://127.0.0.1:1")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Start the service with npm start"),
    });
    let redirected = 0;
    const other = createServer((request, response) => {
      if (request.url === "/elsewhere") redirected++;
      if (request.url?.startsWith("/moved")) response.writeHead(302, { location: "/elsewhere" });
      response.end('{"hello":1}');
    });
    const url = await listen(other, 0);
    onTestFinished(() => close(other));
    expect(await asked(url)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("not as Stepletter does"),
    });
    expect((await asked(`${url}/moved`)).code).toBe(1);
    expect(redirected).toBe(0);
  });

  it.each([
    ["no key", ["campaign", "status", "x"], { STEPLETTER_KEY: "" }, "first one; with `--data .stepletter`"],
    ["no key's shape", ["campaign", "status", "x"], { STEPLETTER_KEY: "abc" }, "begins with slk_"],
    ["no address", ["campaign", "status", "x", "--url", "here"], {}, "is no web address"],
    [
      "no encryption",
      ["campaign", "status", "x", "--url", "http://a.example"],
      {},
      "give an https:// address",
    ],
    ["no segment", ["campaign", "send", "a.md"], {}, "--segment"],
    ["no id", ["campaign", "status"], {}, "missing required argument 'id'"],
    ["no such command", ["campaing"], {}, "Did you mean campaign?"],
    ["no such option", ["campaign", "status", "x", "--jsn"], {}, "Did you mean --json?"],
    ["no command", [], {}, "Usage: stepletter"],
    ["no command of a group", ["campaign"], {}, "Usage: stepletter campaign"],
  ])("wrong usage, %s: 2", async (_, args, changes, words) => {
    const ran = await runCli(args, { ...environment, ...changes });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(words);
  });

  it("--help is no failure", async () => {
    expect(await runCli(["campaign", "send", "--help"])).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining("--segment <list>"),
    });
  });
});
