import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "../../../adapters/feeds/public-address.ts";

/** The IANA registries of special-purpose addresses (RFC 6890 and what was added since), and multicast: no feed lives there. */
const ranges = [
  ["0.0.0.0/8", "this network"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "shared by carriers"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link local, and the cloud's own data"],
  ["172.16.0.0/12", "private"],
  ["192.0.0.0/24", "protocol assignments"],
  ["192.0.2.0/24", "documentation"],
  ["192.31.196.0/24", "AS112"],
  ["192.52.193.0/24", "AMT"],
  ["192.88.99.0/24", "6to4 relays"],
  ["192.168.0.0/16", "private"],
  ["192.175.48.0/24", "AS112"],
  ["198.18.0.0/15", "benchmarks"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved, and broadcast"],
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  ["::/96", "IPv4-compatible"],
  ["::ffff:10.0.0.0/104", "private, mapped"],
  ["::ffff:169.254.0.0/112", "link local, mapped"],
  ["::ffff:0:0:0/96", "IPv4-translated"],
  ["64:ff9b::10.0.0.0/104", "private behind NAT64"],
  ["64:ff9b::127.0.0.0/104", "loopback behind NAT64"],
  ["64:ff9b:1::/48", "local NAT64"],
  ["100::/64", "discard"],
  ["100:0:0:1::/64", "dummy"],
  ["2001::/23", "protocol assignments: Teredo, benchmarks, ORCHID, drones"],
  ["2001:db8::/32", "documentation"],
  ["2002::/16", "6to4"],
  ["2620:4f:8000::/48", "AS112"],
  ["3fff::/20", "documentation"],
  ["4000::/3", "not given out"],
  ["5f00::/16", "segment routing"],
  ["8000::/1", "not given out, or local"],
  ["fc00::/7", "unique local"],
  ["fe80::/10", "link local"],
  ["fec0::/10", "site local"],
  ["ff00::/8", "multicast"],
] as const;

/** The address in a block whose other bits are these. */
function addressIn(block: string, bits: bigint): string {
  const [network, length] = ipaddr.parseCIDR(block);
  const bytes = network.toByteArray();
  const free = BigInt(bytes.length * 8 - length);
  const fixed = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> free;
  const whole = (fixed << free) | (bits & ((1n << free) - 1n));
  return ipaddr
    .fromByteArray(bytes.map((_, at) => Number((whole >> BigInt((bytes.length - 1 - at) * 8)) & 255n)))
    .toString();
}

describe("a range of addresses with a purpose of its own", () => {
  it.each(ranges)("%s (%s) is not of the public internet, from its first address to its last", (block) => {
    expect(isPublicAddress(addressIn(block, 0n))).toBe(false);
    expect(isPublicAddress(addressIn(block, -1n))).toBe(false);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (bits) => {
        expect(isPublicAddress(addressIn(block, bits))).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["9.255.255.255", "11.0.0.0"],
    ["100.63.255.255", "100.128.0.0"],
    ["126.255.255.255", "128.0.0.0"],
    ["169.253.255.255", "169.255.0.0"],
    ["172.15.255.255", "172.32.0.0"],
    ["191.255.255.255", "192.0.1.0"],
    ["192.167.255.255", "192.169.0.0"],
    ["198.17.255.255", "198.20.0.0"],
    ["203.0.112.255", "203.0.114.0"],
    ["2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["2001:db9::", "2003::"],
    ["3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2620:4f:7fff::1"],
  ])("ends where the public internet begins: at %s and %s", (before, behind) => {
    expect([before, behind].filter((address) => !isPublicAddress(address))).toEqual([]);
  });
});
