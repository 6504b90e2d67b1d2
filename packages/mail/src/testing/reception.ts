import type { ReceivedMessage, Reception, ReceptionPolicy } from '@holdfast/application';
import { parseIpRange, type IpRange } from '@holdfast/domain';
import {
  createSmtpReception,
  type ReceptionLimits,
  type SmtpReceptionOptions,
} from '../reception/smtp-reception.ts';
import { silent } from './fixtures.ts';

/** Small enough to be met, wide enough not to be met by accident. */
export const testLimits: ReceptionLimits = {
  maxMessageBytes: 10_000,
  maxLineBytes: 5000,
  maxRecipients: 3,
  maxConnections: 50,
  maxConnectionsPerClient: 50,
  maxConnectionsPerNetwork: 50,
  connectionsPerMinute: 1000,
  messagesPerMinute: 1000,
  recipientsPerMinute: 1000,
  unknownRecipientsPerMinute: 1000,
  unlimited: [],
};

/** The loopback, as the default settings have it. */
export const loopback: readonly IpRange[] = ['127.0.0.0/8', '::1'].flatMap(
  (text) => parseIpRange(text) ?? [],
);

export interface TestReception extends AsyncDisposable {
  readonly reception: Reception;
  readonly port: number;
  readonly messages: ReceivedMessage[];
}

/** Takes everything for everyone and keeps it. */
export async function testReception(
  changes: Partial<ReceptionPolicy> = {},
  options: Partial<SmtpReceptionOptions> = {},
): Promise<TestReception> {
  const messages: ReceivedMessage[] = [];
  const policy: ReceptionPolicy = {
    mailFrom: () => null,
    recipient: (_session, _announced, address) => ({
      accept: true,
      recipient: { address, organisationId: 'o', kind: 'user', protected: true },
    }),
    message(message) {
      messages.push(message);
      return { code: 250, enhanced: '2.6.0', text: 'Queued' };
    },
    ...changes,
  };
  const reception = createSmtpReception({
    port: 0,
    bind: '127.0.0.1',
    hostnames: ['mx.holdfast.example'],
    tls: null,
    policy,
    log: silent,
    limits: { ...testLimits, unlimited: loopback },
    ...options,
  });
  const { port } = await reception.start();
  return { reception, port, messages, [Symbol.asyncDispose]: () => reception.stop() };
}
