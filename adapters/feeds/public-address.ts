import ipaddr from "ipaddr.js";

/** Global unicast of IPv6; all that is ever given to hosts on the internet is in it. */
const globalUnicast = ipaddr.IPv6.parse("2000::");
/** How NAT64 shows IPv4 addresses to networks without IPv4 (RFC 6052). */
const nat64 = ipaddr.IPv6.parse("64:ff9b::");

/** Whether an address is one of the public internet: not of this machine, its network or its cloud. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === "unicast";
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().range() === "unicast";
  if (parsed.match(nat64, 96)) return new ipaddr.IPv4(parsed.toByteArray().slice(12)).range() === "unicast";
  return parsed.range() === "unicast" && parsed.match(globalUnicast, 3);
}
