import { expect, it } from "vitest";
import { networkNames } from "../../adapters/network-name.ts";

it.each<[string, string, string?]>([
  ["203.0.113.9", "203.0.113.0/24"],
  ["::ffff:203.0.113.77", "203.0.113.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/56"],
  ["2001:DB8:1:2ff::1", "2001:db8:1:2ff::/64", "2001:db8:1:200::/56"],
  ["::1", "::/64", "::/56"],
  ["", "unknown"],
  ["999.1.1.1", "unknown"],
])("%s is of the network %s", (address, narrow, wide) =>
  expect(networkNames(address)).toEqual({ narrow, ...(wide && { wide }) }),
);
