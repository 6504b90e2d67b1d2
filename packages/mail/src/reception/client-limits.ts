import type { SmtpReply } from '@holdfast/application';
import { parseIp, rangeContains, type IpRange } from '@holdfast/domain';
import { TOO_BUSY } from './replies.ts';
import type { RefusalReason } from './session-actions.ts';
import { TokenBucket } from './token-bucket.ts';

export interface ClientLimitSettings {
  /** At once, from everywhere. */
  readonly maxConnections: number;
  /** At once, from one IP address. */
  readonly maxConnectionsPerClient: number;
  /** At once, from one /24 or /64. */
  readonly maxConnectionsPerNetwork: number;
  /** From one IP address, each with a burst of one minute's worth. */
  readonly connectionsPerMinute: number;
  readonly messagesPerMinute: number;
  readonly recipientsPerMinute: number;
  /** Addresses that do not exist: who asks for many is harvesting. */
  readonly unknownRecipientsPerMinute: number;
  /** Counted towards the first limit only, and never made to wait. */
  readonly unlimited: readonly IpRange[];
}

export interface Limited {
  readonly reply: SmtpReply;
  readonly reason: RefusalReason;
}

/** One connection that was let in. */
export interface AdmittedClient {
  /** Null: go on. */
  message(now: number): Limited | null;
  recipient(now: number): Limited | null;
  /** To be called for each one that does not exist. */
  unknownRecipient(now: number): void;
  /** Once, when the connection is gone. */
  release(): void;
}

/** Most addresses and networks that are remembered; the longest silent go first. */
const MAX_REMEMBERED = 50_000;

interface Client {
  open: number;
  readonly connections: TokenBucket;
  readonly messages: TokenBucket;
  readonly recipients: TokenBucket;
  readonly unknown: TokenBucket;
}

const wait = (text: string): SmtpReply => ({ code: 421, enhanced: '4.7.0', text });
const later = (text: string): SmtpReply => ({ code: 450, enhanced: '4.7.1', text });

const CLIENT_CONNECTIONS: Limited = {
  reply: wait('Too many connections from your address at once'),
  reason: 'client-connections',
};
const NETWORK_CONNECTIONS: Limited = {
  reply: wait('Too many connections from your network at once'),
  reason: 'network-connections',
};
const CONNECTION_RATE: Limited = {
  reply: wait('Too many connections from your address, slow down'),
  reason: 'connection-rate',
};
const MESSAGE_RATE: Limited = {
  reply: later('Too many messages from your address, slow down'),
  reason: 'message-rate',
};
const RECIPIENT_RATE: Limited = {
  reply: later('Too many recipients from your address, slow down'),
  reason: 'recipient-rate',
};
const UNKNOWN_RECIPIENTS: Limited = {
  reply: wait('Too many unknown recipients from your address'),
  reason: 'unknown-recipients',
};
const EVERYWHERE: Limited = { reply: TOO_BUSY, reason: 'connections' };

/** Who may connect, and how much each may send. Memory is bounded; time is given. */
export class ClientLimits {
  readonly #settings: ClientLimitSettings;
  #open = 0;
  readonly #clients = new Map<string, Client>();
  readonly #networks = new Map<string, number>();

  constructor(settings: ClientLimitSettings) {
    this.#settings = settings;
  }

  get open(): number {
    return this.#open;
  }

  isUnlimited(ip: string): boolean {
    const address = parseIp(ip);
    return (
      address !== null && this.#settings.unlimited.some((range) => rangeContains(range, address))
    );
  }

  connect(ip: string, now: number): AdmittedClient | Limited {
    const { maxConnections, maxConnectionsPerClient, maxConnectionsPerNetwork } = this.#settings;
    if (this.#open >= maxConnections) return EVERYWHERE;
    if (this.isUnlimited(ip)) return this.#admitUnlimited();
    const network = networkOf(ip);
    const inNetwork = this.#networks.get(network) ?? 0;
    const client = this.#clientFor(ip, now);
    if (client.open >= maxConnectionsPerClient) return CLIENT_CONNECTIONS;
    if (inNetwork >= maxConnectionsPerNetwork) return NETWORK_CONNECTIONS;
    if (!client.connections.take(now)) return CONNECTION_RATE;
    client.open += 1;
    this.#open += 1;
    this.#networks.set(network, inNetwork + 1);
    return this.#admitted(client, network);
  }

  #admitUnlimited(): AdmittedClient {
    this.#open += 1;
    return {
      message: () => null,
      recipient: () => null,
      unknownRecipient: () => undefined,
      release: () => {
        this.#open -= 1;
      },
    };
  }

  #admitted(client: Client, network: string): AdmittedClient {
    return {
      message: (now) => (client.messages.take(now) ? null : MESSAGE_RATE),
      recipient: (now) => {
        if (client.unknown.isEmpty(now)) return UNKNOWN_RECIPIENTS;
        return client.recipients.take(now) ? null : RECIPIENT_RATE;
      },
      unknownRecipient: (now) => void client.unknown.take(now),
      release: () => {
        client.open -= 1;
        this.#open -= 1;
        const left = (this.#networks.get(network) ?? 1) - 1;
        if (left > 0) this.#networks.set(network, left);
        else this.#networks.delete(network);
      },
    };
  }

  /** The last to connect stands last, so that the first ones are the longest silent. */
  #clientFor(ip: string, now: number): Client {
    const known = this.#clients.get(ip);
    if (known !== undefined) {
      this.#clients.delete(ip);
      this.#clients.set(ip, known);
      return known;
    }
    const settings = this.#settings;
    const client: Client = {
      open: 0,
      connections: new TokenBucket(settings.connectionsPerMinute, now),
      messages: new TokenBucket(settings.messagesPerMinute, now),
      recipients: new TokenBucket(settings.recipientsPerMinute, now),
      unknown: new TokenBucket(settings.unknownRecipientsPerMinute, now),
    };
    this.#clients.set(ip, client);
    if (this.#clients.size > MAX_REMEMBERED) this.#forgetOne();
    return client;
  }

  #forgetOne(): void {
    for (const [ip, client] of this.#clients) {
      if (client.open > 0) continue;
      this.#clients.delete(ip);
      return;
    }
  }
}

/** /24 for IPv4, /64 for IPv6: what one customer of a provider is given. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip.slice(0, ip.lastIndexOf('.'));
  const address = parseIp(ip);
  return address === null ? ip : `${(address >> 64n).toString(16)}::`;
}
