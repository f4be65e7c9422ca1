/** The zones of one part of the world, for an `<optgroup>`. */
export interface ZoneGroup {
  name: string;
  zones: { id: string; label: string }[];
}

/** Names that the runtime still lists by what they were called long ago. */
const renamed: Record<string, string> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** All IANA zones by part of the world, both in the order of the alphabet; `wanted` is among them whatever it is. */
export function zoneGroups(wanted: string): ZoneGroup[] {
  const ids = new Set(Intl.supportedValuesOf("timeZone").map((id) => renamed[id] ?? id));
  const groups = new Map<string, ZoneGroup>();
  for (const id of [...ids.add(wanted).add("UTC")].sort()) {
    const [first = "", ...rest] = id.split("/");
    const name = rest.length > 0 ? first : "Other";
    const label = (rest.length > 0 ? rest : [first]).join(", ").replaceAll("_", " ");
    const group = groups.get(name) ?? { name, zones: [] };
    groups.set(name, group);
    group.zones.push({ id, label });
  }
  const isLast = ({ name }: ZoneGroup) => Number(name === "Other");
  return [...groups.values()].sort((a, b) => isLast(a) - isLast(b));
}
