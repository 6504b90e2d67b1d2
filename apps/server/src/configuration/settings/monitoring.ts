import { choice, port, whole } from '../setting.ts';

/** What is measured. */
export const METRICS_SETTINGS = {
  metricsPort: port(
    {
      name: 'HOLDFAST_METRICS_PORT',
      summary: 'Prometheus metrics, loopback only. 0 switches them off.',
      example: '9464',
    },
    9464,
  ),
} as const;

/** How Office 365 is watched. */
export const PROBE_SETTINGS = {
  probeInterval: whole(
    {
      name: 'HOLDFAST_PROBE_INTERVAL',
      summary:
        'Seconds between two probes of one kind (mail hosts, sign-in, mailboxes); each is up to a fifth sooner or later. Service health is asked once in 75 seconds at most. Above 30 an outage is suspected later than the two minutes that are promised.',
      example: '30',
    },
    30,
    10,
    600,
  ),
  probeTimeout: whole(
    {
      name: 'HOLDFAST_PROBE_TIMEOUT',
      summary: 'Seconds that a probe of Office 365 may take; then it counts as no answer.',
      example: '10',
    },
    10,
    1,
    60,
  ),
} as const;

/** What is logged. */
export const LOG_SETTINGS = {
  logLevel: choice(
    {
      name: 'HOLDFAST_LOG_LEVEL',
      summary: 'Least severe log lines that are written.',
      example: 'info',
    },
    'info',
    ['debug', 'info', 'warn', 'error'],
  ),
} as const;
