import { parseIp, parseIpRange, rangeContains } from '@holdfast/domain';
import { networkInterfaces } from 'node:os';

/**
 * Addresses of this host that lie in what is configured as ours: what a probe can leave from. Behind address translation,
 * or on one of several hosts, the others are nobody's here.
 */
export function localSources(
  configured: readonly string[],
  interfaces: NodeJS.Dict<
    readonly { readonly address: string; readonly internal: boolean }[]
  > = networkInterfaces(),
): readonly string[] {
  const ranges = configured.map(parseIpRange).filter((range) => range !== null);
  const here = Object.values(interfaces).flatMap((entries) => entries ?? []);
  const ours = here
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .filter((address) => {
      const number = parseIp(address);
      return number !== null && ranges.some((range) => rangeContains(range, number));
    });
  return [...new Set(ours)].toSorted();
}
