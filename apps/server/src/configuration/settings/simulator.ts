import { port } from '../setting.ts';

/** The simulated outside world of the demo. */
export const SIMULATOR_SETTINGS = {
  simulatorPort: port(
    {
      name: 'HOLDFAST_SIMULATOR_PORT',
      summary:
        'Demo only: control page of the simulated outside world. Its SMTP and DNS take ports of their own.',
      example: '3900',
    },
    3900,
  ),
  simulatorSmtpPort: port(
    {
      name: 'HOLDFAST_SIMULATOR_SMTP_PORT',
      summary: 'Demo only: SMTP host of the simulated tenant and of outside mail servers.',
      example: '2526',
    },
    2526,
  ),
  simulatorDnsPort: port(
    { name: 'HOLDFAST_SIMULATOR_DNS_PORT', summary: 'Demo only: simulated DNS.', example: '2553' },
    2553,
  ),
} as const;
