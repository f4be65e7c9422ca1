import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import { AppError } from "../../../core/errors.ts";
import { exportPerson } from "../../../core/person/export-person.ts";
import { signToken } from "../../../core/token/token.ts";
import { logger } from "../../../functions/edge/logger.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { linkToken, signUp } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const post = (fields: Record<string, string>) =>
  handler.with(service.depsOf("http"))(formPost("/confirm", fields), context);
const get = (token: string) =>
  handler.with(service.depsOf("http"))(httpEvent({ path: `/confirm/${token}` }), context);
const shownOn = (page: { body: string }) => /name="shown" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
const plain = (page: { body: string }) =>
  page.body
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");

describe("the page behind the link", () => {
  it("names each list that the press joins, and no other", async () => {
    await signUp(service, "course@example.com");
    const course = await get(await linkToken(service, "course@example.com", "confirm"));
    expect(course.body).toContain("the course “Three steps”");
    expect(course.body).not.toContain("the digest of news");
    await signUp(service, "both@example.com", { digest: "on", reminders: "on" });
    const all = await get(await linkToken(service, "both@example.com", "confirm"));
    for (const words of ["the course “Three steps”", "the digest of news", "reminders by mail"])
      expect(all.body).toContain(words);
    expect(shownOn(all)).not.toBe(shownOn(course));
  });

  it("shows what was added since, and joins nothing that was not on it", async () => {
    const id = await signUp(service, "more@example.com");
    const token = await linkToken(service, "more@example.com", "confirm");
    const shown = shownOn(await get(token));
    await signUp(service, "more@example.com", { digest: "on" });
    const again = await post({ token, shown });
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain("the digest of news");
    expect((await service.deps.subscribers.load(id))?.lists.records?.state).toBe("wanted");
    expect((await post({ token, shown: shownOn(again) })).statusCode).toBe(200);
    expect((await service.deps.subscribers.load(id))?.lists).toMatchObject({
      records: { state: "joined" },
      digest: { state: "joined" },
    });
  });

  it.each(["with", "without"])(
    "joins nothing that is asked for while the button is pressed a second time, %s what was shown",
    async (kind) => {
      const email = `race-${kind}@example.com`;
      const id = await signUp(service, email);
      const token = await linkToken(service, email, "confirm");
      const shown = shownOn(await get(token));
      await post({ token, shown });
      const deps = service.depsOf("http");
      let loads = 0;
      const subscribers: Deps["subscribers"] = {
        ...deps.subscribers,
        async load(asked) {
          const loaded = await deps.subscribers.load(asked);
          if (++loads === 1) await signUp(service, email, { digest: "on" });
          return loaded;
        },
      };
      const answer = await handler.with({ ...deps, subscribers })(
        formPost("/confirm", { token, ...(kind === "with" && { shown }) }),
        context,
      );
      expect(answer.statusCode).toBe(409);
      expect(answer.body).toContain("the digest of news");
      const known = await service.deps.subscribers.load(id);
      expect(known?.lists).toMatchObject({ records: { state: "joined" }, digest: { state: "wanted" } });
      expect((await post({ token, shown: shownOn(answer) })).statusCode).toBe(200);
    },
  );

  it("says so to whoever has confirmed already", async () => {
    await signUp(service, "done@example.com");
    const token = await linkToken(service, "done@example.com", "confirm");
    await post({ token });
    const page = await get(token);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("You are confirmed already");
  });
});

describe("the evidence", () => {
  it("names what was shown at the signup and beside the button, and both can be read word for word", async () => {
    const id = await signUp(service, "proof@example.com", { digest: "on" });
    const token = await linkToken(service, "proof@example.com", "confirm");
    const page = await get(token);
    await post({ token, shown: shownOn(page) });
    const { consent, addressHash = "" } = (await service.deps.subscribers.load(id)) ?? {};
    expect(consent).toMatchObject({
      source: "form",
      askedAt: service.clock.now(),
      confirmedAt: service.clock.now(),
      confirmedFrom: "192.0.2.7",
      confirmedTextVersion: shownOn(page),
    });
    const shown = (await service.deps.consentTexts.load(shownOn(page))) ?? "";
    expect(shown.split("\n")).toHaveLength(4);
    for (const line of shown.split("\n")) expect(plain(page)).toContain(line);
    const asked = (await service.deps.consentTexts.load(consent?.textVersion ?? "")) ?? "";
    const front = await handler.with(service.depsOf("http"))(httpEvent({ path: "/" }), context);
    expect(asked.split("\n")).toHaveLength(3);
    const owner = { purpose: "account", subscriberId: id, list: addressHash } as const;
    const fresh = signToken(await service.deps.keys.ring(), owner);
    expect(await exportPerson(service.depsOf("http"), { token: fresh })).toMatchObject({
      data: { consentText: asked, confirmedText: shown },
    });
    for (const line of asked.split("\n")) expect(plain(front)).toContain(line);
  });

  it("of a press that came by no page of ours names what the page would have said", async () => {
    const id = await signUp(service, "bare@example.com");
    const token = await linkToken(service, "bare@example.com", "confirm");
    const shown = shownOn(await get(token));
    await post({ token });
    expect((await service.deps.subscribers.load(id))?.consent.confirmedTextVersion).toBe(shown);
  });
});

describe("a source with a page of its own", () => {
  const site = "https://school.example";
  const pages = [`${site}/welcome`, "https://other.example/hello"];
  const signUpFrom = async (email: string, afterConfirm?: string) => {
    const id = await signUp(service, email);
    const known = await service.deps.subscribers.load(id);
    if (!known) throw new Error("Nobody signed up");
    const consent = { ...known.consent, source: "school", ...(afterConfirm && { afterConfirm }) };
    await service.deps.subscribers.replace({ ...known, consent });
    return linkToken(service, email, "confirm");
  };
  beforeAll(async () => {
    await service.deps.sources.create({
      name: "school",
      kind: "form",
      sites: [site],
      thankYou: [],
      afterConfirm: pages,
      createdAt: service.clock.now(),
    });
  });

  it.each<[string, string | undefined, string]>([
    ["the first", undefined, `${site}/welcome`],
    ["the one that the form named", "https://other.example/hello", "https://other.example/hello"],
    ["the first, where it named one that is not allowed", "https://evil.example/", `${site}/welcome`],
  ])("is where the press leads: %s", async (what, named, page) => {
    const token = await signUpFrom(`${what.length}@example.com`, named);
    const shown = await get(token);
    const policy = String(shown.headers?.["content-security-policy"]);
    expect(policy).toContain(`form-action 'self' ${new URL(page).origin};`);
    expect(policy).toContain("default-src 'none'");
    for (let press = 0; press < 2; press++) {
      const answer = await post({ token, shown: shownOn(shown) });
      expect([answer.statusCode, answer.headers?.location]).toEqual([303, page]);
    }
  });

  it("that cannot be read leads to ours, and the log tells why", async () => {
    const lines: unknown[] = [];
    vi.spyOn(logger, "warn").mockImplementation((...line) => void lines.push(line));
    const { sources } = service.depsOf("http");
    const garbled = { load: () => Promise.reject(new SyntaxError("garbled")) };
    const silent = {
      load: () => Promise.reject(new AppError("unavailable", "dynamodb.unavailable", "no answer")),
    };
    const withSources = (broken: typeof garbled) => ({
      ...service.depsOf("http"),
      sources: { ...sources, ...broken },
    });
    for (const [what, broken] of Object.entries({ garbled, silent })) {
      const token = await signUpFrom(`${what}@example.com`);
      lines.length = 0;
      const http = handler.with(withSources(broken));
      const page = await http(httpEvent({ path: `/confirm/${token}` }), context);
      // Nothing has happened yet: where the page is only late, its policy must not forget the site for good.
      expect(page.statusCode).toBe(what === "garbled" ? 200 : 503);
      const answer = await http(formPost("/confirm", { token }), context);
      expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining("You are on the list")]);
      expect(lines).toContainEqual(["the page of the source could not be read", expect.anything()]);
    }
    vi.restoreAllMocks();
  });

  it("that is gone leads to ours", async () => {
    const token = await signUpFrom("orphan@example.com");
    await service.deps.sources.remove("school");
    expect(String((await get(token)).headers?.["content-security-policy"])).toContain("form-action 'self';");
    expect((await post({ token })).body).toContain("You are on the list");
  });
});
