import { choice, port } from '../setting.ts';

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
