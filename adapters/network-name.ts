import ipaddr from "ipaddr.js";
import type { NetworkNames } from "../core/guard/enter-door.ts";

/**
 * The parts of the internet that an address is of, as providers give them to one customer or office: of IPv4 the /24, of
 * IPv6 the /64, and the /56 around it. Whatever is no address shares one name.
 */
export function networkNames(address: string): NetworkNames {
  if (!ipaddr.isValid(address)) return { narrow: "unknown" };
  const parsed = ipaddr.process(address);
  const around = (bits: number) => {
    const bytes = parsed.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0));
    return `${ipaddr.fromByteArray(bytes)}/${bits}`;
  };
  return parsed.kind() === "ipv4" ? { narrow: around(24) } : { narrow: around(64), wide: around(56) };
}
