import { parseIpRange } from '@holdfast/domain';

/** One setting: an environment variable, how it is read, and what the reference page says of it. */
export interface Setting<T> {
  readonly name: string;
  readonly summary: string;
  /** As shown in the reference; the value itself comes from `fallback`. */
  readonly defaultWords: string;
  readonly example: string;
  /** Never printed, and shown as `(set)`. */
  readonly secret: boolean;
  readonly fallback: T;
  /** The value, or a sentence that says what is wrong with the text. */
  readonly read: (
    text: string,
  ) => { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };
}

const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
const no = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

type Words = {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  readonly defaultWords?: string;
  readonly secret?: boolean;
};

function setting<T>(words: Words, fallback: T, read: Setting<T>['read']): Setting<T> {
  return {
    name: words.name,
    summary: words.summary,
    example: words.example,
    defaultWords: words.defaultWords ?? (fallback === null ? 'none' : String(fallback)),
    secret: words.secret ?? false,
    fallback,
    read,
  };
}

const text = (words: Words, fallback: string | null = null): Setting<string | null> =>
  setting(words, fallback, (value) => ok(value));

const port = (words: Words, fallback: number): Setting<number> =>
  setting(words, fallback, (value) => {
    const number = Number(value);
    return /^\d{1,5}$/.test(value) && number <= 65_535
      ? ok(number)
      : no('it must be a port number from 0 to 65535');
  });

const whole = (words: Words, fallback: number, least: number, most: number): Setting<number> =>
  setting(words, fallback, (value) => {
    const number = Number(value);
    return /^\d{1,15}$/.test(value) && number >= least && number <= most
      ? ok(number)
      : no(`it must be a whole number from ${least} to ${most}`);
  });

const url = (words: Words, fallback: string | null = null): Setting<string | null> =>
  setting(words, fallback, (value) => {
    const parsed = URL.parse(value);
    return parsed !== null && /^https?:$/.test(parsed.protocol)
      ? ok(value.replace(/\/$/, ''))
      : no('it must be a URL that starts with http:// or https://');
  });

const list = (words: Words, fallback: readonly string[]): Setting<readonly string[]> =>
  setting(
    { defaultWords: fallback.length === 0 ? 'none' : fallback.join(', '), ...words },
    fallback,
    (value) => {
      const parts = value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
      return parts.length > 0 ? ok(parts) : no('it must be a list with commas between its parts');
    },
  );

const ranges = (words: Words, fallback: readonly string[]): Setting<readonly string[]> => {
  const plain = list(words, fallback);
  return {
    ...plain,
    read(value) {
      const parts = plain.read(value);
      if (!parts.ok) return parts;
      const wrong = parts.value.find((part) => parseIpRange(part) === null);
      return wrong === undefined ? parts : no(`“${wrong}” is no address and no range of them`);
    },
  };
};

const choice = <const T extends string>(
  words: Words,
  fallback: T,
  values: readonly T[],
): Setting<T> =>
  setting(words, fallback, (value) => {
    const found = values.find((candidate) => candidate === value);
    return found === undefined ? no(`it must be one of ${values.join(', ')}`) : ok(found);
  });

const readClamdUrl: Setting<string | null>['read'] = (value) => {
  if (/^unix:\/[^\0]+$/.test(value)) return ok(value);
  const parsed = URL.parse(value);
  return parsed?.protocol === 'tcp:' && parsed.hostname !== '' && parsed.port !== ''
    ? ok(value)
    : no('it must be tcp://host:port or unix:/path/of/the/socket');
};

export const ROLES = ['mx', 'ingest', 'relay', 'web', 'worker'] as const;
export type Role = (typeof ROLES)[number];

const roles: Setting<readonly Role[]> = setting(
  {
    name: 'HOLDFAST_ROLES',
    summary: 'Which roles this host runs.',
    example: 'mx,ingest',
    defaultWords: 'all: mx, ingest, relay, web, worker',
  },
  ROLES as readonly Role[],
  (value) => {
    const wanted = value.split(',').map((part) => part.trim());
    const known = ROLES.filter((role) => wanted.includes(role));
    return wanted.length > 0 && known.length === wanted.length
      ? ok(known)
      : no(`it must name roles of ${ROLES.join(', ')}`);
  },
);

/** Every setting of the product. Names that scripts rely on are never renamed. */
export const SETTINGS = {
  dataDirectory: text(
    {
      name: 'HOLDFAST_DATA_DIR',
      summary:
        'Where the spool, the snapshot and the embedded database live. Mail is on this disk: use a durable one.',
      example: '/var/lib/holdfast',
    },
    '.holdfast',
  ),
  roles,
  databaseUrl: text({
    name: 'DATABASE_URL',
    summary: 'PostgreSQL 15 or newer. Without it an embedded server runs under the data directory.',
    example: 'postgres://holdfast@db.internal/holdfast',
    secret: true,
  }),
  postgresBinaries: text({
    name: 'HOLDFAST_PG_BIN',
    summary: 'Directory of the PostgreSQL programs for the embedded server.',
    example: '/usr/lib/postgresql/15/bin',
  }),
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
  mxPort: port({ name: 'HOLDFAST_MX_PORT', summary: 'Port of the MX.', example: '25' }, 2525),
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
  dnsServers: list(
    {
      name: 'HOLDFAST_DNS',
      summary: 'Resolvers, `address` or `address:port`.',
      example: '9.9.9.9,149.112.112.112',
      defaultWords: 'those of the system',
    },
    [],
  ),
  relayAddresses: list(
    {
      name: 'HOLDFAST_RELAY_ADDRESSES',
      summary:
        'IPv4 addresses or ranges (/24 to /32) we relay from: put on the tenant’s IP allow list at installation.',
      example: '203.0.113.25,203.0.113.26',
    },
    [],
  ),
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
  smartHost: text({
    name: 'HOLDFAST_SMART_HOST',
    summary: 'Host (and port) that takes all mail to the outside instead of direct delivery to MX.',
    example: 'smtp.provider.example:587',
  }),
  smartHostUser: text({
    name: 'HOLDFAST_SMART_HOST_USER',
    summary:
      'Login at the smart host (AUTH PLAIN or LOGIN). With it the host’s certificate must be right, and nothing is sent in clear.',
    example: 'holdfast',
  }),
  smartHostPassword: text({
    name: 'HOLDFAST_SMART_HOST_PASSWORD',
    summary: 'Its password.',
    example: '…',
    secret: true,
  }),
  spfInclude: text({
    name: 'HOLDFAST_SPF_INCLUDE',
    summary:
      'Domain whose SPF record lists every address that mail leaves from: what customers enter as `include:` in place of single addresses. With a smart host, the one its provider names.',
    example: 'spf.mail.example',
  }),
  undoSend: whole(
    {
      name: 'HOLDFAST_UNDO_SEND',
      summary:
        'Seconds in which a message written in an emergency mailbox can be taken back. It leaves, and shows to colleagues, after them. 0: at once.',
      example: '20',
    },
    20,
    0,
    60,
  ),
  smartHostTls: choice(
    {
      name: 'HOLDFAST_SMART_HOST_TLS',
      summary:
        'TLS to the smart host. `automatic`: verified with a password or a full host name, opportunistic for an address or a name without a dot.',
      example: 'verified',
    },
    'automatic',
    ['automatic', 'verified', 'opportunistic'],
  ),
  noticeFrom: text({
    name: 'HOLDFAST_NOTICE_FROM',
    summary: 'Sender of notices and requests.',
    example: 'no-reply@mail.example',
    defaultWords: 'no-reply at the first MX host name',
  }),
  noticeDelay: whole(
    {
      name: 'HOLDFAST_NOTICE_DELAY',
      summary: 'Seconds between the start of an event and its notices; an undo before is silent.',
      example: '20',
    },
    20,
    0,
    3600,
  ),
  smsUrl: url({
    name: 'HOLDFAST_SMS_URL',
    summary: 'Base URL of the SMS gateway (`POST {url}/messages`). Without it no SMS goes out.',
    example: 'https://sms.provider.example/v1',
  }),
  smsToken: text({
    name: 'HOLDFAST_SMS_TOKEN',
    summary: 'Bearer token of the SMS gateway.',
    example: '…',
    secret: true,
  }),
  loginBase: url(
    {
      name: 'HOLDFAST_LOGIN_BASE',
      summary: 'Microsoft sign-in.',
      example: 'https://login.microsoftonline.com',
    },
    'https://login.microsoftonline.com',
  ),
  graphBase: url(
    {
      name: 'HOLDFAST_GRAPH_BASE',
      summary: 'Microsoft Graph.',
      example: 'https://graph.microsoft.com/v1.0',
    },
    'https://graph.microsoft.com/v1.0',
  ),
  exchangeBase: url(
    {
      name: 'HOLDFAST_EXCHANGE_BASE',
      summary: 'Exchange Online administration.',
      example: 'https://outlook.office365.com',
    },
    'https://outlook.office365.com',
  ),
  secretKey: text({
    name: 'HOLDFAST_SECRET_KEY',
    summary:
      'Seals credentials and wraps organisation keys: 32 random bytes, base64. Losing it loses what it seals. Made and kept under the data directory in the demo only.',
    example: 'openssl rand -base64 32',
    secret: true,
  }),
  secretKeyPrevious: text({
    name: 'HOLDFAST_SECRET_KEY_PREVIOUS',
    summary: 'The key before, while credentials are sealed anew.',
    example: '…',
    secret: true,
  }),
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
  diskReserveBytes: whole(
    {
      name: 'HOLDFAST_DISK_RESERVE_BYTES',
      summary: 'Below this much free disk the MX answers 452, and accepts again by itself.',
      example: '1073741824',
    },
    512 * 1024 * 1024,
    0,
    10 ** 13,
  ),
  copyRetentionDays: whole(
    {
      name: 'HOLDFAST_COPY_RETENTION_DAYS',
      summary:
        'Days that copies of mail are kept: what emergency mailboxes show. Mail that still waits stays longer, mail of unprotected recipients goes a day after it was delivered.',
      example: '30',
    },
    30,
    1,
    3650,
  ),
  filterBudget: whole(
    {
      name: 'HOLDFAST_FILTER_BUDGET',
      summary:
        'Seconds that DNS and each content filter may keep a message waiting before it is accepted, flagged.',
      example: '10',
    },
    10,
    1,
    60,
  ),
  rspamdUrl: url({
    name: 'HOLDFAST_RSPAMD_URL',
    summary:
      'Normal worker of Rspamd. Its score makes mail junk, quarantined or refused; without an answer mail is accepted, flagged.',
    example: 'http://127.0.0.1:11333',
    defaultWords: 'none: no spam filter',
  }),
  clamdUrl: setting<string | null>(
    {
      name: 'HOLDFAST_CLAMD_URL',
      summary:
        'clamd, as `tcp://host:port` or `unix:/path`. What it could not scan, or what is larger than 25 MiB, is accepted, flagged.',
      example: 'unix:/run/clamav/clamd.ctl',
      defaultWords: 'none: no virus scanner',
    },
    null,
    readClamdUrl,
  ),
  virusAction: choice(
    {
      name: 'HOLDFAST_VIRUS_ACTION',
      summary: 'What becomes of a message in which clamd finds a virus.',
      example: 'reject',
    },
    'quarantine',
    ['quarantine', 'reject'],
  ),
  metricsPort: port(
    {
      name: 'HOLDFAST_METRICS_PORT',
      summary: 'Prometheus metrics, loopback only. 0 switches them off.',
      example: '9464',
    },
    9464,
  ),
  messageStore: choice(
    {
      name: 'HOLDFAST_MESSAGE_STORE',
      summary: 'Where message bytes are read from.',
      example: 'local',
    },
    'local',
    ['local'],
  ),
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

export type SettingKey = keyof typeof SETTINGS;
export type SettingValues = { readonly [Key in SettingKey]: (typeof SETTINGS)[Key]['fallback'] };
