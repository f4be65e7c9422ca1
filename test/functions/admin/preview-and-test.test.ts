import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiWith } from "../../helpers/api.ts";
import { adminKey, draft, sendCampaign } from "../../helpers/campaigns.ts";
import { allRows, keptRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { subscriber } from "../../helpers/subscribers.ts";
import { newestMail, sendAll, tick } from "../../helpers/walk.ts";

let service: TestService;
let api: ReturnType<typeof apiWith>;
beforeAll(async () => {
  service = await startService();
  api = apiWith(service, await adminKey(service));
});
afterAll(() => service.stop());

const markdown = "Hi {{name|friend}}.\n\n{{#if tag:rhit}}\nFor **RHITs**.\n{{else}}\nFor all.\n{{/if}}";

describe("a preview", () => {
  it("is what the mail will be, as one reader would get it, and changes nothing", async () => {
    const before = await keptRows(service);
    const shown = await api("POST", "/v1/campaigns/preview", { title: "To {{name|you}}", markdown });
    expect(shown).toMatchObject({
      status: 200,
      body: { subject: "To Alex Morgan", bytes: expect.any(Number) },
    });
    expect(shown.body.html).toContain("Hi Alex Morgan.");
    expect(shown.body.text).toContain("For all.");
    expect(shown.body.html).toContain("https://steps.example/unsubscribe/");
    const block = await api("POST", "/v1/campaigns/preview", { title: "x", markdown, as: "every-block" });
    expect(block.body.html).toContain("<strong>RHITs</strong>");
    const none = await api("POST", "/v1/campaigns/preview", { title: "x", markdown, as: "no-name" });
    expect(none.body.text).toContain("Hi friend.");
    expect(await keptRows(service)).toEqual(before);
  });

  it("of a campaign that is kept, and of a design", async () => {
    await api("POST", "/v1/campaigns", { ...draft, id: "kept", markdown });
    const kept = await api("GET", "/v1/campaigns/kept/preview?as=right-to-left");
    expect(kept.body.text).toContain("Hi מרים בן־דוד.");
    expect((await api("GET", "/v1/campaigns/kept/preview?as=nobody")).status).toBe(422);
    const design = await api("POST", "/v1/campaigns/preview", { title: "Gala", design: "gala" });
    expect(design).toMatchObject({ status: 200, body: { subject: "Gala" } });
  });

  it.each([
    [{ title: "x", markdown: "{{nme}}" }, "markdown"],
    [{ title: "{{nme}}", markdown: "x" }, "title"],
    [{ title: "x" }, "markdown"],
    [{ title: "x", design: "none" }, "design"],
    [{ title: "x", design: "gala", markdown: "x" }, "design"],
  ])("of %j tells what is wrong", async (body, field) => {
    const answer = await api("POST", "/v1/campaigns/preview", body);
    expect(answer).toMatchObject({
      status: 422,
      body: { code: "campaign.invalid", fields: { [field]: expect.any(String) } },
    });
  });
});

describe("a test", () => {
  it("goes to any address at once, marked, and counts nowhere", async () => {
    await api("POST", "/v1/campaigns", { ...draft, id: "tested", title: "For {{name|you}}", markdown });
    const sent = await api("POST", "/v1/campaigns/tested/test", {
      to: "Author@example.net",
      as: "every-block",
    });
    expect(sent).toMatchObject({ status: 202, body: { status: "sent" } });
    await sendAll(service);
    const mail = await newestMail(service, "Author@example.net");
    expect(mail.subject).toBe("[Test] For Alex Morgan");
    expect(mail.html).toContain("<strong>RHITs</strong>");
    expect((await api("GET", "/v1/campaigns/tested")).body).toMatchObject({
      state: "draft",
      recipients: 0,
      counts: {},
    });
    const guests = (await allRows(service)).filter(({ pk }) => String(pk).startsWith("SUB#guest-"));
    expect(guests.find(({ sk }) => sk === "PROFILE")).toMatchObject({
      lists: {},
      expiresAt: expect.any(Number),
    });
    for (const row of guests) expect(row).not.toHaveProperty("roster");
    const { people } = await service.deps.roster.page(undefined, 1000);
    expect(people).toEqual([]);
  });

  it("is refused for no address, a suppressed one, no campaign, and when there are too many", async () => {
    const test = (body: object, id = "tested") => api("POST", `/v1/campaigns/${id}/test`, body);
    expect(await test({ to: "nobody" })).toMatchObject({
      status: 422,
      body: { fields: { to: expect.any(String) } },
    });
    expect((await test({ to: "a@example.net" }, "none")).status).toBe(404);
    const { keepGuest } = await import("../../../core/guest/keep-guest.ts");
    const kept = await keepGuest(service.deps, { address: "bounced@example.net" });
    const guest = kept.status === "kept" ? await service.deps.subscribers.load(kept.id) : undefined;
    await service.deps.suppressions.add(guest?.addressHash ?? "", {
      reason: "bounce",
      since: "2027-03-01T12:00:00.000Z",
    });
    expect(await test({ to: "bounced@example.net" })).toMatchObject({
      status: 409,
      body: { code: "address.suppressed" },
    });
    const statuses: number[] = [];
    for (let n = 0; n < 20; n++) statuses.push((await test({ to: "many@example.net" })).status);
    expect(statuses.at(0)).toBe(202);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("a campaign with blocks", () => {
  it("says to each reader what is theirs, in one call", async () => {
    await service.deps.subscribers.create(
      subscriber({ id: "sub_rhit", address: "rhit@example.com", name: "Rae", tags: ["rhit"] }),
    );
    await service.deps.subscribers.create(
      subscriber({ id: "sub_plain", address: "plain@example.com", name: "" }),
    );
    await sendCampaign(service, {
      ...draft,
      id: "blocks",
      title: "To {{name|you}}",
      markdown: `${markdown}\n\n[Yours]({{progressUrl}})`,
    });
    await tick(service);
    const rhit = await newestMail(service, "rhit@example.com");
    const plain = await newestMail(service, "plain@example.com");
    expect([rhit.subject, plain.subject]).toEqual(["To Rae", "To you"]);
    expect(rhit.text).toContain("Hi Rae.");
    expect(rhit.text).toContain("For RHITs.");
    expect(plain.text).toContain("Hi friend.");
    expect(plain.text).toContain("For all.");
    const links = [rhit, plain].map(
      ({ html }) => /https:\/\/steps\.example\/progress\/[\w.-]+/.exec(String(html))?.[0],
    );
    expect(links[0]).toBeTruthy();
    expect(links[0]).not.toBe(links[1]);
  });

  it("that is designed goes as it was designed", async () => {
    await sendCampaign(service, {
      id: "designed",
      title: "Gala",
      design: "gala",
      segment: { list: "records" },
    });
    await tick(service);
    service.clock.set("2027-03-02T16:00:00.000Z");
    await tick(service);
    const mails = service.ses.mails().filter(({ tags }) => tags.mailing === "campaign_designed");
    expect(mails.map(({ subject }) => subject)).toEqual(["Gala", "Gala"]);
  });
});
