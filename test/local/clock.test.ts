import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../adapters/clock.ts";
import { toInstant } from "../../core/time/instant.ts";
import { calendarFile } from "../../local/calendar-file.ts";
import { type CalendarStore, calendarClock, realClock } from "../../local/clock.ts";
import { openClock } from "../../local/open-clock.ts";
import { tempDir } from "./temp-dir.ts";

const march = "2027-03-13T09:00:00.000Z";

describe("calendar clock", () => {
  it("stands still until it jumps", () => {
    const clock = calendarClock({ startAt: march });
    expect(clock.now()).toBe(march);
    clock.jumpTo("2027-03-14T09:00:00.000Z");
    expect(clock.now()).toBe("2027-03-14T09:00:00.000Z");
    expect(clock.pace).toBe("stepped");
  });

  it("counts elapsed time in real milliseconds, whatever the calendar says", () => {
    const before = Date.now();
    const elapsed = calendarClock({ startAt: march }).elapsed();
    expect(elapsed).toBeGreaterThanOrEqual(before);
    expect(elapsed).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    ["stepped", calendarClock({ startAt: march })],
    ["fast", calendarClock({ startAt: march, speed: 86_400 })],
    ["real", realClock()],
    ["the functions'", systemClock],
  ])("sleeps in real time when it is %s", async (_, clock) => {
    const before = clock.elapsed();
    await clock.sleep(30);
    // Timers may be up to a millisecond early.
    expect(clock.elapsed() - before).toBeGreaterThanOrEqual(29);
  });

  it("refuses to go back, and what is no instant", () => {
    const clock = calendarClock({ startAt: march });
    expect(() => clock.jumpTo("2027-03-12T09:00:00.000Z")).toThrow(/cannot go back/);
    expect(() => clock.jumpTo("tomorrow")).toThrow(/Not an instant/);
    expect(clock.now()).toBe(march);
  });

  it("always has stored a position that is not behind what was read, ahead or not", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000 })),
        fc.constantFrom(0, 1, 86_400),
        (jumps, speed) => {
          const store = memoryStore();
          const clock = calendarClock({ startAt: march, speed, store });
          for (const jump of jumps) {
            clock.jumpTo(toInstant(Date.parse(clock.now()) + jump));
            expect((store.read() ?? "") >= clock.now()).toBe(true);
          }
        },
      ),
    );
  });

  it("keeps the exact position when it is closed", () => {
    const store = memoryStore();
    const clock = calendarClock({ startAt: march, speed: 86_400, store });
    expect(store.read()).not.toBe(march);
    clock.close();
    expect(store.read()).toBe(march);
  });
});

describe("real clock", () => {
  it("shows today and cannot be moved", () => {
    const clock = realClock();
    expect(Math.abs(Date.parse(clock.now()) - Date.now())).toBeLessThan(60_000);
    expect(() => clock.jumpTo(march)).toThrow(/--speed or --at/);
  });
});

describe("clock of a data directory", () => {
  it("is real where nobody asked for another", () => {
    expect(openClock(tempDir(), {}).pace).toBe("real");
  });

  it("goes on where it stood, though nobody asks for a calendar any more", () => {
    const directory = tempDir();
    const first = openClock(directory, { at: march, speed: 86_400 });
    first.jumpTo("2027-04-01T00:00:00.000Z");
    const killed = openClock(directory, {}).now();
    expect(killed > "2027-04-01T00:00:00.000Z").toBe(true);
    first.close();
    expect(openClock(directory, {}).now()).toBe("2027-04-01T00:00:00.000Z");
    expect(openClock(directory, {}).pace).toBe("fast");
  });

  it("refuses a beginning that the directory has passed", () => {
    const directory = tempDir();
    openClock(directory, { at: march }).close();
    expect(() => openClock(directory, { at: "2027-03-13T08:59:00.000Z" })).toThrow(
      /already reached 2027-03-13T09/,
    );
    expect(openClock(directory, { at: "2027-03-13T09:01:00.000Z" }).now()).toBe("2027-03-13T09:01:00.000Z");
  });

  it("says which file cannot be read", () => {
    const directory = tempDir();
    writeFileSync(join(directory, "calendar.json"), "{");
    expect(() => calendarFile(directory).read()).toThrow(/calendar\.json cannot be read/);
  });
});

function memoryStore(): CalendarStore {
  let reached: string | undefined;
  return {
    read: () => reached,
    write: (instant) => {
      reached = instant;
    },
  };
}
