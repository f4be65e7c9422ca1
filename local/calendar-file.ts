import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CalendarStore } from "./clock.ts";

/** Keeps the calendar's position in a data directory; written aside and moved, so that it is never half there. */
export function calendarFile(dataDir: string): CalendarStore {
  const path = join(dataDir, "calendar.json");
  return {
    read: () => {
      try {
        const { reached } = JSON.parse(readFileSync(path, "utf8")) as { reached: string };
        return reached;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw new Error(`${path} cannot be read: move it away to start with today's date.`, { cause: error });
      }
    },
    write: (reached) => {
      mkdirSync(dataDir, { recursive: true });
      writeFileSync(`${path}.new`, `${JSON.stringify({ reached })}\n`);
      renameSync(`${path}.new`, path);
    },
  };
}
