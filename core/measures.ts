/** What the service tells about itself, for alarms. */
export const measureNames = [
  "DeliveriesFailed",
  "DeliveriesUnknown",
  "DispatchLagSeconds",
  "DispatchFailures",
  "OldestPacketSeconds",
  "FeedsFailing",
] as const;
export type MeasureName = (typeof measureNames)[number];

/** Takes measurements. Nothing depends on them, and noting one never fails. */
export interface Measures {
  note(name: MeasureName, value: number): void;
}
