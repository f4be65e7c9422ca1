import type { DeliveryState } from "../delivery/delivery.ts";
import type { Instant } from "../time/instant.ts";
import type { SendWindow } from "../time/window.ts";

/** Why a plan names the instant that it names, as data, in the order in which it was reckoned. */
export type Because =
  /** So many local calendar days, by the reader's rhythm, or minutes, after the step before was settled: not before `from`. */
  | { why: "delay"; days: number; minutes: number; after: Instant; from: Instant }
  /** Closed at `from`: the step's window opens then by the subscriber's clock. */
  | { why: "window"; window: SendWindow; zone: string; from: Instant; opensAt: Instant }
  /** The step before is on its way; without a state nobody has claimed it yet. */
  | { why: "unsettled"; step: string; state?: DeliveryState }
  /** The step before could not be sent, and nobody goes on behind it. */
  | { why: "failed"; step: string; reason?: string }
  /** The reader has paused. */
  | { why: "paused"; until: Instant }
  /** The reader was faster than the course, or started again at this step. */
  | { why: "asked"; from: Instant }
  /** Planned for then when the step before was enqueued, or when dispatch last looked. */
  | { why: "planned"; at: Instant }
  | { why: "no-course" | "no-step" | "gone" | "suppressed" | "left" };
