import ipaddr from "ipaddr.js";

/**
 * The part of the internet that an address is of, as providers give it to one customer or office: of IPv4 the /24, of
 * IPv6 the /64. Whatever is no address shares one name.
 */
export function networkName(address: string): string {
  if (!ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  const bits = parsed.kind() === "ipv4" ? 24 : 64;
  const bytes = parsed.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes)}/${bits}`;
}
