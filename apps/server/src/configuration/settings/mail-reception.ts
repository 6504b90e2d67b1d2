import { list, port, ranges, text } from '../setting.ts';

/** The MX: where it listens, its names and its certificate. */
export const MAIL_RECEPTION_SETTINGS = {
  mxPort: port({ name: 'HOLDFAST_MX_PORT', summary: 'Port of the MX.', example: '25' }, 2525),
  mxPublicPort: port(
    {
      name: 'HOLDFAST_MX_PUBLIC_PORT',
      summary:
        'Port on which the world reaches the MX by its public names: where test messages of a cut-over are handed in.',
      example: '25',
    },
    25,
  ),
  mxBind: text(
    { name: 'HOLDFAST_MX_BIND', summary: 'Address the MX listens on.', example: '203.0.113.25' },
    '0.0.0.0',
  ),
  mxHostnames: list(
    {
      name: 'HOLDFAST_MX_HOSTNAMES',
      summary: 'Public names of our MX hosts, most preferred first: what customers enter as MX.',
      example: 'mx1.mail.example,mx2.mail.example',
    },
    ['localhost'],
  ),
  mxAddresses: ranges(
    {
      name: 'HOLDFAST_MX_ADDRESSES',
      summary:
        'Public addresses or ranges that the names of our MX hosts must resolve to. The checks of domains compare; without it they do not.',
      example: '203.0.113.25,2001:db8::25',
    },
    [],
  ),
  tlsCertificate: text({
    name: 'HOLDFAST_TLS_CERT',
    summary: 'PEM file of the MX certificate chain. Without it a self-signed one is made.',
    example: '/etc/holdfast/mx.pem',
  }),
  tlsKey: text({
    name: 'HOLDFAST_TLS_KEY',
    summary: 'PEM file of its key.',
    example: '/etc/holdfast/mx.key',
  }),
} as const;
