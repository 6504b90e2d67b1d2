import { ranges, whole } from '../setting.ts';

/** What the MX takes of one message, one client and all of them, and whom that does not bind. */
export const RECEPTION_LIMIT_SETTINGS = {
  maxMessageBytes: whole(
    {
      name: 'HOLDFAST_MAX_MESSAGE_BYTES',
      summary: 'Largest message the MX accepts, in bytes. Office 365 takes up to 150 MB.',
      example: '52428800',
    },
    50 * 1024 * 1024,
    1024 * 1024,
    157_286_400,
  ),
  maxRecipients: whole(
    {
      name: 'HOLDFAST_MAX_RECIPIENTS',
      summary: 'Most recipients of one message (RFC 5321 asks for at least 100).',
      example: '200',
    },
    200,
    100,
    1000,
  ),
  maxConnections: whole(
    {
      name: 'HOLDFAST_MAX_CONNECTIONS',
      summary: 'Most SMTP connections at once.',
      example: '2000',
    },
    2000,
    10,
    100_000,
  ),
  maxConnectionsPerClient: whole(
    {
      name: 'HOLDFAST_MAX_CONNECTIONS_PER_CLIENT',
      summary: 'Most SMTP connections of one client address at once.',
      example: '50',
    },
    50,
    1,
    100_000,
  ),
  maxConnectionsPerNetwork: whole(
    {
      name: 'HOLDFAST_MAX_CONNECTIONS_PER_NETWORK',
      summary: 'Most SMTP connections of one /24 (IPv6: /64) at once.',
      example: '300',
    },
    300,
    1,
    100_000,
  ),
  connectionsPerMinute: whole(
    {
      name: 'HOLDFAST_CONNECTIONS_PER_MINUTE',
      summary:
        'Most SMTP connections of one client address a minute; a minute’s worth may come at once. Above it 421.',
      example: '600',
    },
    600,
    1,
    1_000_000,
  ),
  messagesPerMinute: whole(
    {
      name: 'HOLDFAST_MESSAGES_PER_MINUTE',
      summary:
        'Most messages of one client address a minute. Above it 450. A large tenant sends some hundred from one address.',
      example: '3000',
    },
    3000,
    1,
    1_000_000,
  ),
  recipientsPerMinute: whole(
    {
      name: 'HOLDFAST_RECIPIENTS_PER_MINUTE',
      summary: 'Most recipients that one client address names in a minute. Above it 450.',
      example: '10000',
    },
    10_000,
    100,
    1_000_000,
  ),
  unknownRecipientsPerMinute: whole(
    {
      name: 'HOLDFAST_UNKNOWN_RECIPIENTS_PER_MINUTE',
      summary:
        'Most recipients that do not exist, of one client address in a minute. Above it 421: that is harvesting.',
      example: '100',
    },
    100,
    1,
    1_000_000,
  ),
  unlimitedClients: ranges(
    {
      name: 'HOLDFAST_UNLIMITED_CLIENTS',
      summary:
        'Addresses or ranges whose SMTP connections are limited by HOLDFAST_MAX_CONNECTIONS alone, and are never made to wait for the greeting: a filter in front, a load test.',
      example: '127.0.0.0/8,10.1.2.3',
    },
    ['127.0.0.0/8', '::1'],
  ),
  proxyClients: ranges(
    {
      name: 'HOLDFAST_PROXY_CLIENTS',
      summary:
        'Addresses or ranges of load balancers in front of the MX: each connection of theirs must begin with a PROXY header (version 1 or 2), and the client it names is the one that is limited and judged.',
      example: '10.0.0.5,10.0.0.6',
    },
    [],
  ),
  xclientClients: ranges(
    {
      name: 'HOLDFAST_XCLIENT_CLIENTS',
      summary: 'Addresses or ranges of hosts that may say by XCLIENT for which client they speak.',
      example: '10.0.0.7',
    },
    [],
  ),
  maxLineBytes: whole(
    {
      name: 'HOLDFAST_MAX_LINE_BYTES',
      summary:
        'Longest line of a message, in bytes. RFC 5321 allows 1,000, real mail carries whole HTML pages in one; nothing behind works line by line.',
      example: '1048576',
    },
    1024 * 1024,
    1000,
    157_286_400,
  ),
} as const;
