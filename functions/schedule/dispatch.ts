import { connectDispatch } from "../../adapters/connect/dispatch.ts";
import { dispatch } from "../../core/dispatch.ts";
import { onSchedule } from "../edge/schedule.ts";

/** Every minute: what is due becomes packets. */
export const handler = onSchedule(dispatch, connectDispatch);
