import { list } from '../setting.ts';

/** Resolvers. */
export const DNS_SETTINGS = {
  dnsServers: list(
    {
      name: 'HOLDFAST_DNS',
      summary: 'Resolvers, `address` or `address:port`.',
      example: '9.9.9.9,149.112.112.112',
      defaultWords: 'those of the system',
    },
    [],
  ),
} as const;
