import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type {
  AlternateEmailSender,
  DnsAnswer,
  DnsLookup,
  NoticeOutcome,
} from '@holdfast/application';
import { domainOf, normaliseHost, parseAddress } from '@holdfast/domain';
import { createTransport } from 'nodemailer';

export interface AlternateEmailOptions {
  /** Sender, `Name <address>` or an address; also the envelope sender. */
  readonly from: string;
  /** Our name in EHLO and in Message-IDs. */
  readonly helo: string;
  /** Host that takes all mail; null: straight to the MX of each recipient. */
  readonly smartHost: {
    readonly host: string;
    readonly port: number;
    /** Its certificate must be right then: the password would go to whoever answers. */
    readonly login?: { readonly user: string; readonly password: string } | null;
  } | null;
  /** Of the MX hosts; 25 but in tests. */
  readonly port: number;
  /** The configured resolvers: the host's own may be as far gone as everything else, and do not know the demo's world. */
  readonly dns: Pick<DnsLookup, 'mx'> & {
    addresses(host: string): Promise<DnsAnswer<readonly string[]>>;
  };
  readonly timeouts?: {
    /** Milliseconds until connected. */
    readonly connect: number;
    /** Milliseconds until the greeting. */
    readonly greeting: number;
    /** Milliseconds without a byte. */
    readonly idle: number;
  };
}

const DEFAULT_TIMEOUTS = { connect: 15_000, greeting: 15_000, idle: 60_000 };

type Message = Parameters<AlternateEmailSender['send']>[0];

/** Hosts tried for one message: more would keep a job busy for minutes, and the job is repeated anyway. */
const MOST_HOSTS = 4;
const MOST_ADDRESSES = 2;

/** Mail to private addresses: own route, own sender, never through Office 365. */
export function createAlternateEmailSender(options: AlternateEmailOptions): AlternateEmailSender {
  return {
    async send(message): Promise<NoticeOutcome> {
      const to = parseAddress(message.to);
      if (to === null) return refused('The address cannot be read.');
      const hosts = await findHosts(options, domainOf(to));
      if (!Array.isArray(hosts)) return hosts;
      let outcome: NoticeOutcome = { ok: false, permanent: false, detail: 'No host to send to.' };
      for (const host of hosts.slice(0, MOST_HOSTS)) {
        outcome = await reach(options, host, { ...message, to });
        if (outcome.ok || outcome.permanent) return outcome;
      }
      return outcome;
    },
  };
}

const refused = (detail: string): NoticeOutcome & { ok: false } => ({
  ok: false,
  permanent: true,
  detail,
});

/** Most preferred first; the domain itself without MX records (RFC 5321 §5.1); nobody with a null MX (RFC 7505). */
async function findHosts(
  options: AlternateEmailOptions,
  domain: string,
): Promise<string[] | (NoticeOutcome & { ok: false })> {
  if (options.smartHost !== null) return [options.smartHost.host];
  const answer = await options.dns.mx(domain);
  if (!answer.ok && answer.failure === 'unavailable') {
    const detail = `The MX of ${domain} cannot be looked up: ${answer.detail}`;
    return { ok: false, permanent: false, detail };
  }
  const records = answer.ok ? answer.value.records : [];
  if (records.length === 0) return [domain];
  const hosts = records
    .toSorted((a, b) => a.preference - b.preference)
    .map((record) => normaliseHost(record.exchange))
    .filter((host) => host !== '');
  return hosts.length === 0 ? refused(`${domain} takes no mail.`) : [...new Set(hosts)];
}

/** Looks the host up and tries its addresses in turn. */
async function reach(
  options: AlternateEmailOptions,
  host: string,
  message: Message,
): Promise<NoticeOutcome> {
  const found = await options.dns.addresses(host);
  if (!found.ok) return { ok: false, permanent: false, detail: `${host}: ${found.detail}` };
  let outcome: NoticeOutcome = { ok: false, permanent: false, detail: `${host} has no address.` };
  for (const address of found.value.slice(0, MOST_ADDRESSES)) {
    outcome = await hand(options, host, address, message);
    if (outcome.ok || outcome.permanent) return outcome;
  }
  return outcome;
}

async function hand(
  options: AlternateEmailOptions,
  host: string,
  address: string,
  message: Message,
): Promise<NoticeOutcome> {
  const timeouts = options.timeouts ?? DEFAULT_TIMEOUTS;
  const login = options.smartHost?.login ?? null;
  const transport = createTransport({
    host: address,
    port: options.smartHost?.port ?? options.port,
    name: options.helo,
    secure: false,
    // Strangers' certificates are rarely valid for their MX name; encrypted to somebody beats plain text to anybody.
    opportunisticTLS: login === null,
    requireTLS: login !== null,
    ...(login !== null && { auth: { user: login.user, pass: login.password } }),
    tls: { rejectUnauthorized: login !== null, ...(isIP(host) === 0 && { servername: host }) },
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.idle,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const messageId = messageIdOf(message.reference, options.helo);
  try {
    await transport.sendMail({
      from: options.from,
      to: message.to,
      subject: message.subject,
      text: message.text,
      html: message.html,
      messageId,
      // RFC 3834: no out-of-office answers, no loops.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    return { ok: true, reference: messageId };
  } catch (error) {
    return describe(error, host);
  } finally {
    transport.close();
  }
}

/** The same for a repeat of the same notice, so that the receiver can tell; says nothing about what it is made of. */
export function messageIdOf(reference: string, helo: string): string {
  const digest = createHash('sha256').update(reference).digest('hex').slice(0, 40);
  return `<${digest}@${helo}>`;
}

/** Only the far end's own 5xx is final. */
function describe(error: unknown, host: string): NoticeOutcome {
  const said = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 300) : 'failed';
  const code: unknown =
    typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : 0;
  const permanent = typeof code === 'number' && code >= 500 && code < 600;
  return { ok: false, permanent, detail: `${host}: ${said}` };
}
