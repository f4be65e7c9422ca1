import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { isZone } from "../../core/time/window.ts";
import { zoneScript } from "../../web/zone-script.ts";
import { zoneGroups } from "../../web/zones.ts";

const groups = zoneGroups("Europe/Zurich");
const ids = groups.flatMap(({ zones }) => zones.map(({ id }) => id));

describe("zones", () => {
  it("are all known to the domain, and each is there once", () => {
    expect(ids.filter((id) => !isZone(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("go by the names of today", () => {
    expect(ids).toEqual(
      expect.arrayContaining(["Asia/Kolkata", "Europe/Kyiv", "America/Argentina/Buenos_Aires"]),
    );
    expect(ids).not.toEqual(expect.arrayContaining(["Asia/Calcutta"]));
  });

  it("are grouped by part of the world, and UTC comes last", () => {
    expect(groups.map(({ name }) => name)).toEqual([
      "Africa",
      "America",
      "Antarctica",
      "Arctic",
      "Asia",
      "Atlantic",
      "Australia",
      "Europe",
      "Indian",
      "Pacific",
      "Other",
    ]);
    expect(groups.at(-1)?.zones).toEqual([{ id: "UTC", label: "UTC" }]);
    expect(groups[1]?.zones).toContainEqual({
      id: "America/Argentina/Buenos_Aires",
      label: "Argentina, Buenos Aires",
    });
  });

  it("hold the one that is wanted, whatever its name", () => {
    expect(zoneGroups("US/Eastern").flatMap(({ zones }) => zones.map(({ id }) => id))).toContain(
      "US/Eastern",
    );
  });
});

describe("the script of the signup page", () => {
  const run = (zone: string, options: string[], hasSelect = true) => {
    const list = options.map((value) => ({ value, selected: false }));
    // A function, since the script calls it both with new and without
    function DateTimeFormat(_?: string, settings?: { timeZone: string }) {
      const timeZone = settings ? new Intl.DateTimeFormat("en", settings).resolvedOptions().timeZone : zone;
      return { resolvedOptions: () => ({ timeZone }) };
    }
    const document = { querySelector: () => (hasSelect ? { options: list } : null) };
    runInNewContext(zoneScript, { document, Intl: { DateTimeFormat } });
    return list.filter(({ selected }) => selected).map(({ value }) => value);
  };

  it("chooses the browser's zone", () => {
    expect(run("Europe/Paris", ["Europe/Zurich", "Europe/Paris"])).toEqual(["Europe/Paris"]);
  });

  it("knows it by its older name too", () => {
    expect(run("Asia/Calcutta", ["Europe/Zurich", "Asia/Kolkata"])).toEqual(["Asia/Kolkata"]);
  });

  it("leaves the choice alone if it knows no better, or if the form was filled before", () => {
    expect(run("Europe/Paris", ["Europe/Zurich", "Not/AZone"])).toEqual([]);
    expect(run("Europe/Paris", ["Europe/Paris"], false)).toEqual([]);
  });
});
