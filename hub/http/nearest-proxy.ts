import { BlockList, isIPv6 } from 'node:net';

const near = new BlockList();
near.addSubnet('127.0.0.0', 8);
near.addSubnet('10.0.0.0', 8);
near.addSubnet('172.16.0.0', 12);
near.addSubnet('192.168.0.0', 16);
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

/**
 * Whether this hop may name the caller (`X-Forwarded-For`): the balancer that the request came from, on this machine or a
 * private network, and nobody behind it. Most callers are in private networks too (HSCN): were every private address
 * believed, each of them could give itself another address for every request, and no limit by address would hold.
 *
 * @param hop 0 is who holds the connection
 */
export function isNearestProxy(address: string, hop: number): boolean {
  return hop === 0 && near.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
