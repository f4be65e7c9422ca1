import type { Places } from "../../../core/pace/pace-ports.ts";
import { modelPlaces as modelOf } from "../../faults/model/pace.ts";
import { asPort, atOnce } from "../../faults/model/sync-port.ts";

/** What the row of the pace does, without a table. */
export function modelPlaces(freeAt = 0): Places {
  return asPort<Places>("places", modelOf({ freeAt }), atOnce);
}
