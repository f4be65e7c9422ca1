import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsInRuns } from "../../../core/course/was-sent.ts";

describe("the rows that tell of a step", () => {
  it("are those of the newest runs, the newest first, and never more than a page's worth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (run) => {
        const rows = rowsInRuns({ subscriberId: "sub_1", course: "records", run }, "school");
        expect(rows).toHaveLength(Math.min(run, 20));
        expect(rows.map(({ mailing }) => mailing)).toEqual(
          rows.map((_, back) => `course_records_run-${run - back}_school`),
        );
      }),
    );
  });
});
