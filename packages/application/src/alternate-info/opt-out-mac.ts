import type { ChannelKind } from '@holdfast/domain';
import type { Ports } from '../ports.ts';

/** How a value that must not be messaged is remembered, without being kept. */
export function optOutMac(
  ports: Pick<Ports, 'secrets'>,
  organisationId: string,
  kind: ChannelKind,
  value: string,
): string {
  return ports.secrets.mac('opt-out', [organisationId, kind], value);
}
