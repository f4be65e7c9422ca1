/** What the service tells about itself, for alarms. */
export const measureNames = [
  "DeliveriesFailed",
  "DeliveriesUnknown",
  "MailsNotRendered",
  "DispatchLagSeconds",
  "DispatchFailures",
  "OldestPacketSeconds",
  "StoppedByQuota",
  "StoppedByPause",
  "StoppedByIdentity",
  "StoppedBySetup",
  "FeedsFailing",
  "LeaveMailsForged",
] as const;
export type MeasureName = (typeof measureNames)[number];

/** Takes measurements. Nothing depends on them, and noting one never fails. */
export interface Measures {
  note(name: MeasureName, value: number): void;
}
