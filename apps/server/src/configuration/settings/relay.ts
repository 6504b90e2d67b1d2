import { choice, list, port, text, whole } from '../setting.ts';

/** Mail to the tenant. */
export const RELAY_SETTINGS = {
  relayAddresses: list(
    {
      name: 'HOLDFAST_RELAY_ADDRESSES',
      summary:
        'Public IPv4 addresses or ranges (/24 to /32) we relay from: what the inbound connector in Office 365 knows us by.',
      example: '203.0.113.25,203.0.113.26',
    },
    [],
  ),
  relayCertificateName: text({
    name: 'HOLDFAST_RELAY_CERT_NAME',
    summary:
      'Name in the certificate of HOLDFAST_TLS_CERT, which the relay then shows: the inbound connector in Office 365 knows us by it instead of by addresses. Needs a public certificate.',
    example: 'mx1.mail.example',
  }),
  relayPort: port(
    {
      name: 'HOLDFAST_RELAY_PORT',
      summary: 'Port of the tenant’s and of outside mail hosts. Other than 25 only for tests.',
      example: '25',
    },
    25,
  ),
  relayCa: text({
    name: 'HOLDFAST_RELAY_CA',
    summary:
      'PEM file of certificate authorities that are trusted for mail hosts besides the public ones.',
    example: '/etc/holdfast/mail-authorities.pem',
  }),
  relayTls: choice(
    {
      name: 'HOLDFAST_RELAY_TLS',
      summary:
        'TLS to the tenant’s hosts. `verified`: by the name that Microsoft Graph gives, and nothing goes in clear. `opportunistic` only for tests, with a HOLDFAST_RELAY_PORT other than 25.',
      example: 'verified',
    },
    'verified',
    ['verified', 'opportunistic'],
  ),
  relayConnections: whole(
    {
      name: 'HOLDFAST_RELAY_CONNECTIONS',
      summary:
        'Most connections to one destination at once. Each begins with 3, gets more while it answers well and half as many when it throttles.',
      example: '20',
    },
    20,
    1,
    100,
  ),
  mailboxRate: whole(
    {
      name: 'HOLDFAST_MAILBOX_RATE',
      summary:
        'Deliveries an hour to one mailbox of the tenant while a backlog drains; what has just come is not counted. Office 365 takes 3,600 an hour from everybody together. 0: no limit.',
      example: '1000',
    },
    1000,
    0,
    100_000,
  ),
} as const;
