import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { toInstant } from "../../../core/time/instant.ts";
import { isZone } from "../../../core/time/window.ts";

const first = Date.UTC(2027, 0, 1);
const span = 3652;
const allZones = Intl.supportedValuesOf("timeZone").filter(isZone);
const dayOf = (number: number) => toInstant(first + number * 86_400_000).slice(0, 10);

/** Any IANA zone that this runtime knows. */
export const zones = fc.constantFrom(...allZones);

/** The days on which, and after which, clocks change somewhere in these ten years. */
const changes = [...new Set(allZones.flatMap(changesIn))];

/** A calendar day of ten years; one in two is a few days after a clock change, or as many as a reminder comes before. */
export const days = fc.oneof(
  fc.nat(span).map(dayOf),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -2, max: 2 }), fc.constantFrom(90, 60, 30, 7, 1))
    .map(([day, around, offset]) =>
      Temporal.PlainDate.from(day)
        .add({ days: around + offset })
        .toString(),
    ),
);

/** A moment of these ten years. */
export const instants = fc.nat(span * 86_400).map((second) => toInstant(first + second * 1000));

function changesIn(zone: string): string[] {
  const found: string[] = [];
  let moment = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO(zone);
  for (;;) {
    const next = moment.getTimeZoneTransition("next");
    if (!next || next.epochMilliseconds > first + span * 86_400_000) return found;
    found.push(next.toPlainDate().toString());
    moment = next;
  }
}
