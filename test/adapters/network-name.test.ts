import { expect, it } from "vitest";
import { networkName } from "../../adapters/network-name.ts";

it.each([
  ["203.0.113.9", "203.0.113.0/24"],
  ["::ffff:203.0.113.77", "203.0.113.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
  ["::1", "::/64"],
  ["", "unknown"],
  ["999.1.1.1", "unknown"],
])("%s is of the network %s", (address, name) => expect(networkName(address)).toBe(name));
