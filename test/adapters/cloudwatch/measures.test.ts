import { afterEach, describe, expect, it, vi } from "vitest";
import { embeddedMeasures } from "../../../adapters/cloudwatch/measures.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function linesOf(work: () => void): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  work();
  vi.restoreAllMocks();
  return lines;
}

describe("a measurement", () => {
  it("is a line of the log that CloudWatch reads as a metric of the stage", () => {
    vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
    const measures = embeddedMeasures("stepletter-dev");
    const lines = linesOf(() => {
      measures.note("DeliveriesUnknown", 3);
      measures.note("DispatchLagSeconds", 61.5);
    });
    const written = lines.map((line) => JSON.parse(line));
    expect(written).toMatchObject([
      { service: "stepletter", DeliveriesUnknown: 3 },
      { service: "stepletter", DispatchLagSeconds: 61.5 },
    ]);
    expect(written.map(({ _aws }) => _aws.CloudWatchMetrics)).toEqual([
      [
        {
          Namespace: "stepletter-dev",
          Dimensions: [["service"]],
          Metrics: [{ Name: "DeliveriesUnknown", Unit: "Count" }],
        },
      ],
      [
        {
          Namespace: "stepletter-dev",
          Dimensions: [["service"]],
          Metrics: [{ Name: "DispatchLagSeconds", Unit: "Seconds" }],
        },
      ],
    ]);
  });

  it("is written nowhere where it is switched off", () => {
    vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "true");
    const measures = embeddedMeasures("stepletter-local");
    expect(linesOf(() => measures.note("FeedsFailing", 1))).toEqual([]);
  });
});
