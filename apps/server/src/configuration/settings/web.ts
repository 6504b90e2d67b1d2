import { list, port, text, url } from '../setting.ts';

/** The console and the portal. */
export const WEB_SETTINGS = {
  adminPort: port(
    { name: 'HOLDFAST_ADMIN_PORT', summary: 'Port of the admin console.', example: '3000' },
    3000,
  ),
  adminUrl: url({
    name: 'HOLDFAST_ADMIN_URL',
    summary: 'Public address of the admin console. With https, cookies are `Secure` and `__Host-`.',
    example: 'https://console.mail.example',
    defaultWords: 'http://localhost and the port',
  }),
  portalPort: port(
    { name: 'HOLDFAST_PORTAL_PORT', summary: 'Port of the user portal.', example: '3001' },
    3001,
  ),
  portalUrl: url({
    name: 'HOLDFAST_PORTAL_URL',
    summary:
      'Public address of the portal: what notices carry. Its host name must differ from the console’s in production.',
    example: 'https://mail-help.example',
    defaultWords: 'http://localhost and the port',
  }),
  webBind: text(
    {
      name: 'HOLDFAST_WEB_BIND',
      summary: 'Address the console and the portal listen on; put a TLS proxy in front.',
      example: '127.0.0.1',
    },
    '127.0.0.1',
  ),
  trustedProxies: list(
    {
      name: 'HOLDFAST_TRUSTED_PROXIES',
      summary:
        'Addresses or ranges of the TLS proxies in front of the console and the portal: only their `X-Forwarded-For` is believed. Without it everyone behind a proxy counts as one client.',
      example: '127.0.0.1,10.0.0.0/8',
    },
    [],
  ),
} as const;
