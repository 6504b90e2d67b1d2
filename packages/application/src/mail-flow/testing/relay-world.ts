import { DAY, SECOND, type AttemptOutcome } from '@holdfast/domain';
import type { DeliveryResult, LeasedDelivery, UnusedLease } from '../../records/mail.ts';
import type { Database } from '../../ports/database.ts';
import type { DeliveryQueue } from '../../ports/repositories/delivery-queue.ts';
import type { RelayTransport } from '../../ports/relay-transport.ts';
import { createRelay, DEFAULT_RELAY_OPTIONS, type RelayPorts } from '../relay.ts';

const START = 1000 * DAY;
export const OK: AttemptOutcome = { kind: 'reply', code: 250, text: '2.6.0 Queued' };
export const DOWN: AttemptOutcome = { kind: 'network', failure: 'connect', text: 'refused' };

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

/** A relay on a queue in memory, with a clock and a host that the test turns. */
export function relayWorld() {
  const state = {
    now: START,
    answer: OK as AttemptOutcome,
    databaseGone: false,
    sent: [] as string[],
    probes: 0,
    hastened: 0,
    completed: [] as DeliveryResult[],
    released: [] as UnusedLease[],
    due: [] as { item: LeasedDelivery; dueAt: number }[],
    spooled: [] as { id: string }[],
    errors: [] as string[],
  };
  const leased = new Map<string, LeasedDelivery>();
  const queue: DeliveryQueue = {
    days: () => Promise.resolve([]),
    lease: async ({ route, limit, now, skipOrganisations }) => {
      const found = state.due
        .filter(
          ({ item, dueAt }) =>
            item.delivery.route === route &&
            dueAt <= now &&
            !skipOrganisations.includes(item.message.organisationId),
        )
        .slice(0, limit);
      state.due = state.due.filter((entry) => !found.includes(entry));
      for (const { item } of found) leased.set(item.delivery.id, item);
      return found.map(({ item }) => item);
    },
    complete: async (results) => {
      if (state.databaseGone && results.length > 0) throw new Error('gone');
      state.completed.push(...results);
    },
    release: async (leases) => {
      state.released.push(...leases);
      for (const { deliveryId, dueAt } of leases) {
        const item = leased.get(deliveryId);
        if (item !== undefined) state.due.push({ item, dueAt });
      }
    },
    reclaim: () => Promise.resolve(0),
    nextDue: () => Promise.resolve(null),
  };
  const within = {
    health: {
      appendEvidence: async () => undefined,
      lock: () => Promise.resolve(null),
      get: () => Promise.resolve(null),
      save: async () => undefined,
    },
    mailFlow: { hasten: async () => (state.hastened += 1) },
    audit: { append: async () => undefined },
    directory: { findByAddress: () => Promise.resolve(null) },
  };
  const transport: RelayTransport = {
    send: async ({ envelope }) => {
      state.sent.push(...envelope.recipients);
      return envelope.recipients.map((recipient) => ({
        recipient,
        outcome: state.answer,
        host: 'mx.example',
        tls: null,
      }));
    },
    probe: async () => {
      state.probes += 1;
      return state.answer;
    },
    probeHosts: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  const ports = {
    database: {
      acrossOrganisations: (work: (system: unknown) => unknown) => work({ deliveries: queue }),
      withinOrganisation: (_id: string, work: (own: unknown) => unknown) => {
        if (state.databaseGone) throw new Error('gone');
        return work(within);
      },
    } as unknown as Database,
    store: {
      open: async () => ({
        size: 1,
        async *stream() {
          yield await Promise.resolve(new Uint8Array(1));
        },
      }),
    } as unknown as RelayPorts['store'],
    transport,
    format: {
      composeBounce: async () => new Uint8Array(1),
    } as unknown as RelayPorts['format'],
    spool: {
      append: async (head: { id: string }) => void state.spooled.push(head),
    } as unknown as RelayPorts['spool'],
    clock: { now: () => state.now },
    identifiers: {
      uuid: () => 'new',
      derived: (id: string, name: string) => `${id}/${name}`,
      bytes: () => new Uint8Array(),
      fraction: () => 0.5,
    },
    log: { ...silent, error: (text: string) => void state.errors.push(text) } as RelayPorts['log'],
    hostname: 'mx.holdfast.example',
    pause: () => Promise.resolve(),
  } satisfies RelayPorts;
  const options = { ...DEFAULT_RELAY_OPTIONS, owner: 'relay@test', onRoom: () => undefined };
  const relay = createRelay(ports, options);
  let made = 0;
  function add(
    count: number,
    change: {
      age?: number;
      route?: 'primary' | 'remote';
      to?: string;
      origin?: 'inbound' | 'submission' | 'drill';
      authenticated?: boolean;
      messageId?: string;
    } = {},
  ): void {
    const { age = SECOND, route = 'primary', origin = 'inbound', authenticated = true } = change;
    for (let index = 0; index < count; index += 1) {
      made += 1;
      const acceptedAt = state.now - age;
      const recipient = change.to ?? `user${made}@contoso.example`;
      const message = change.messageId ?? `m${made}`;
      state.due.push({
        dueAt: acceptedAt,
        item: {
          delivery: {
            id: `d${made}`,
            messageId: message,
            organisationId: 'o',
            acceptedAt,
            recipient,
            route,
            state: 'leased',
            attempts: 0,
            refusals: 0,
            reply: null,
          },
          message: {
            id: message,
            organisationId: 'o',
            acceptedAt,
            origin,
            envelopeFrom: 'a@outside.example',
            bodyType: '7BIT',
            smtpUtf8: false,
            senderAuthenticated: authenticated,
            rfcMessageId: null,
            reference: { instance: 'i', segment: 's', offset: 0, length: 1 },
          },
          hosts: route === 'primary' ? ['mx.contoso.example'] : [],
        },
      });
    }
  }
  async function run(): Promise<void> {
    while ((await relay.step()) > 0) await relay.idle();
  }
  return { state, relay, add, run };
}
