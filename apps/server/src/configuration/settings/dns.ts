import { list, url } from '../setting.ts';

/** Resolvers, and what is asked beside them. */
export const DNS_SETTINGS = {
  dnsServers: list(
    {
      name: 'HOLDFAST_DNS',
      summary:
        'Resolvers, `address` or `address:port`. The checks of domains ask all of them and show where they differ: name two of different operators.',
      example: '9.9.9.9,149.112.112.112',
      defaultWords: 'those of the system',
    },
    [],
  ),
  mtaStsBase: url({
    name: 'HOLDFAST_MTA_STS_BASE',
    summary:
      'Where policy files of MTA-STS are, as `<base>/<domain>/.well-known/mta-sts.txt`. Only for tests.',
    example: 'http://127.0.0.1:3900/mta-sts',
    defaultWords: 'https://mta-sts. and the domain',
  }),
} as const;
