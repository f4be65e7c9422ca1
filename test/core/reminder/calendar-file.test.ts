import { describe, expect, it } from "vitest";
import { calendarFile } from "../../../core/reminder/calendar-file.ts";
import type { ReminderDate } from "../../../core/reminder/reminder-date.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { readCalendar } from "./read-calendar.ts";

const exam: ReminderDate = {
  subscriberId: "sub_1",
  id: "abc",
  label: "RHIT exam",
  kind: "exam",
  date: "2027-05-01",
  daysBefore: 30,
  dueAt: "2027-04-01T13:00:00.000Z",
  run: 1,
  setAt: "2027-03-20T12:00:00.000Z",
};
const reader = { zone: "America/New_York" };
const hostile = `Line; "quoted", back\\slash, 試験${"試".repeat(60)} 😀 END:VEVENT ada@example.com`;

describe("a calendar file", () => {
  it("has each date as a whole day, with an alarm at the hour of each reminder that is still to come", () => {
    const renewal = { ...exam, id: "def", label: "RHIT renewal", date: "2029-05-01", daysBefore: 90 };
    const { content, contentType } = calendarFile(catalogue, reader, [exam, renewal]);
    expect(contentType).toMatch(/^text\/calendar; charset=utf-8/);
    const events = readCalendar(content);
    expect(events.map(({ properties }) => properties.get("DTSTART;VALUE=DATE"))).toEqual([
      "20270501",
      "20290501",
    ]);
    expect(events[0]?.properties.get("SUMMARY")).toBe("RHIT exam");
    // Nine in the morning so many days before, by the clock of whoever's calendar it is.
    expect(events.map(({ alarms }) => alarms.map((alarm) => alarm.get("TRIGGER")))).toEqual([
      ["-P29DT15H", "-P6DT15H", "-PT15H"],
      ["-P89DT15H", "-P59DT15H", "-P29DT15H", "-P6DT15H", "-PT15H"],
    ]);
    for (const alarm of events.flatMap(({ alarms }) => alarms)) {
      expect(alarm.get("ACTION")).toBe("DISPLAY");
      expect(alarm.get("DESCRIPTION")).toBeTruthy();
    }
  });

  it("rings at the hour that the reader chose for mails", () => {
    const { content } = calendarFile(catalogue, { ...reader, rhythm: { hour: 18, day: "tue" } }, [exam]);
    expect(readCalendar(content)[0]?.alarms.map((alarm) => alarm.get("TRIGGER"))).toEqual([
      "-P29DT6H",
      "-P6DT6H",
      "-PT6H",
    ]);
  });

  it("has no alarm once all reminders have come, and one on a date of before", () => {
    const { dueAt: _, ...over } = exam;
    expect(readCalendar(calendarFile(catalogue, reader, [over]).content)[0]?.alarms).toEqual([]);
    const { kind: __, ...old } = exam;
    expect(readCalendar(calendarFile(catalogue, reader, [old]).content)[0]?.alarms).toHaveLength(1);
  });

  it("is the same each time, with an id that stays as long as the date does", () => {
    const one = calendarFile(catalogue, reader, [exam]).content;
    expect(calendarFile(catalogue, reader, [{ ...exam }]).content).toBe(one);
    const uid = (date: ReminderDate) =>
      readCalendar(calendarFile(catalogue, reader, [date]).content)[0]?.properties.get("UID");
    expect(uid(exam)).toBe("abc-2027-05-01@stepletter.example");
    expect(uid({ ...exam, daysBefore: 7, label: "Other" })).toBe(uid(exam));
    expect(uid({ ...exam, date: "2029-05-01" })).not.toBe(uid(exam));
    expect(readCalendar(one)[0]?.properties.get("DTSTAMP")).toBe("20270320T120000Z");
    expect(readCalendar(one)[0]?.properties.get("SEQUENCE")).toBe("0");
  });

  it("keeps to RFC 5545: lines end in CRLF, none is longer than 75 octets, and texts come back as they were", () => {
    const { content } = calendarFile(catalogue, reader, [{ ...exam, label: hostile }]);
    expect(content.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(content.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of content.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const [event, ...others] = readCalendar(content);
    expect(others).toEqual([]);
    expect(event?.properties.get("SUMMARY")).toBe(hostile);
    expect(event?.alarms[0]?.get("DESCRIPTION")).toBe(hostile);
  });

  it("of no dates is a calendar all the same", () => {
    expect(readCalendar(calendarFile(catalogue, reader, []).content)).toEqual([]);
  });
});
