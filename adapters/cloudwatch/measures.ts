import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Measures } from "../../core/measures.ts";

/**
 * Measurements as lines of the function's own log, in the embedded metric format: CloudWatch makes metrics of
 * them, so that no call is made and no permission needed. `POWERTOOLS_METRICS_DISABLED` keeps them off a terminal.
 */
export function embeddedMeasures(namespace: string): Measures {
  const metrics = new Metrics({ namespace, serviceName: "stepletter", singleMetric: true });
  return {
    note(name, value) {
      metrics.addMetric(name, name.endsWith("Seconds") ? MetricUnit.Seconds : MetricUnit.Count, value);
    },
  };
}
