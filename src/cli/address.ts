import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address is one of the public internet. Everything that is set aside is not: loopback, private,
 * link-local, unique-local, carrier-grade NAT, multicast, documentation, unspecified, and IPv6 forms that carry an IPv4
 * address (6to4, Teredo, NAT64), which lead wherever that leads. https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 has been given out.
  return parsed instanceof ipaddr.IPv4 || parsed.match(ipaddr.IPv6.parse('2000::'), 3);
}
