type Properties = Map<string, string>;

export interface CalendarEvent {
  properties: Properties;
  alarms: Properties[];
}

/** Reads a calendar file as RFC 5545 says, by itself: unfolds, checks the nesting, and takes the escapes out of texts. */
export function readCalendar(content: string): CalendarEvent[] {
  const lines = content.replaceAll(/\r\n[ \t]/g, "").split("\r\n");
  if (lines.pop() !== "") throw new Error("The last line has no end");
  const open: string[] = [];
  const events: CalendarEvent[] = [];
  for (const line of lines) {
    const [, name = "", value = ""] = /^([A-Z][A-Z;=-]*):(.*)$/s.exec(line) ?? fail(line);
    if (name === "BEGIN") {
      open.push(value);
      if (value === "VEVENT") events.push({ properties: new Map(), alarms: [] });
      if (value === "VALARM") events.at(-1)?.alarms.push(new Map());
    } else if (name === "END") {
      if (open.pop() !== value) fail(line);
    } else {
      const event = events.at(-1);
      const properties = open.at(-1) === "VALARM" ? event?.alarms.at(-1) : event?.properties;
      if (open.at(-1) !== "VCALENDAR") properties?.set(name, unescaped(value));
    }
  }
  if (open.length > 0) throw new Error(`${open} is not closed`);
  for (const { properties } of events)
    for (const name of ["UID", "DTSTAMP"]) if (!properties.has(name)) throw new Error(`There is no ${name}`);
  return events;
}

function unescaped(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_, char: string) => (/n/i.test(char) ? "\n" : char));
}

function fail(line: string): never {
  throw new Error(`This line cannot be read: ${line}`);
}
