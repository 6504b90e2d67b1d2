import type { AttemptOutcome } from '@holdfast/domain';
import type { RelayEnvelope } from '@holdfast/application';
import SMTPConnection, {
  type SMTPConnectionSendInfo,
  type SMTPEnvelope,
} from 'nodemailer/lib/smtp-connection';
import { Readable } from 'node:stream';
import { describeError } from '../spool/file-system.ts';
import {
  failureOutcome,
  network,
  readFailure,
  replyOutcome,
  type SessionStage,
} from './outcome.ts';

export interface RelayTimeouts {
  /** Milliseconds until the session is ready: TCP, greeting, TLS. */
  readonly connect: number;
  /** Milliseconds of silence at any later point, the final dot included: RFC 5321 §4.5.3.2.6 wants 10 minutes there. */
  readonly silence: number;
}

export interface SessionTarget {
  /** Name for SNI and the trace. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly helo: string;
  readonly startTls: boolean;
  readonly timeouts: RelayTimeouts;
}

interface Recipients {
  readonly outcomes: ReadonlyMap<string, AttemptOutcome>;
  /** The session is in order and may carry another message. */
  readonly reusable: boolean;
  /** Nothing had been answered yet: on a reused connection, the far end had closed it meanwhile. */
  readonly unanswered: boolean;
}

export interface SmtpSession {
  readonly target: SessionTarget;
  isOpen(): boolean;
  /** Rejects only with what the message's own stream threw. */
  send(
    envelope: RelayEnvelope,
    message: { readonly size: number; stream(): AsyncIterable<Uint8Array> },
  ): Promise<Recipients>;
  quit(): void;
  close(): void;
}

/** Code under which nodemailer reports an error of the message's stream. */
const STREAM_FAILED = 'ESTREAM';
/** A method name that no server offers: it selects our handler in nodemailer. */
const PROBE = 'X-PROBE';

function connectionFor(
  target: SessionTarget,
  probe?: (
    command: (line: string) => Promise<{ status: number; response: string }>,
  ) => Promise<void>,
): SMTPConnection {
  const connection = new SMTPConnection({
    host: target.address,
    port: target.port,
    servername: target.host,
    name: target.helo,
    ignoreTLS: !target.startTls,
    opportunisticTLS: true,
    connectionTimeout: target.timeouts.connect,
    greetingTimeout: target.timeouts.connect,
    socketTimeout: target.timeouts.silence,
    // Opportunistic TLS (RFC 7435): an unverified certificate still beats clear text, which is the alternative. Verified
    // TLS (MTA-STS, DANE, the tenant's own hosts) is work of its own and will not weaken this to a setting.
    tls: { rejectUnauthorized: false },
    logger: false,
    ...(probe === undefined
      ? {}
      : { customAuth: { [PROBE]: (context) => probe((line) => context.sendCommand(line)) } }),
  });
  // Errors outside a command (the far end closes an idle connection) have no other listener and would end the process.
  connection.on('error', () => undefined);
  return connection;
}

/** Resolves when the session is greeted and, where offered, encrypted. Rejects with nodemailer's error. */
function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('Connection closed before the greeting')));
    connection.connect((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}

export async function openSession(target: SessionTarget): Promise<SmtpSession> {
  const connection = connectionFor(target);
  try {
    await connect(connection);
  } catch (error) {
    connection.close();
    // Resets and alerts in the middle of the handshake look like any other socket error.
    if (connection.upgrading)
      throw Object.assign(new Error(describeError(error)), { code: 'ETLS' });
    throw error;
  }
  let open = true;
  connection.once('end', () => {
    open = false;
  });
  return {
    target,
    isOpen: () => open,
    async send(envelope, message) {
      const result = await sendMessage(connection, envelope, message);
      if (!result.reusable) connection.close();
      return result;
    },
    quit: () => connection.quit(),
    close: () => connection.close(),
  };
}

async function sendMessage(
  connection: SMTPConnection,
  envelope: RelayEnvelope,
  message: { readonly size: number; stream(): AsyncIterable<Uint8Array> },
): Promise<Recipients> {
  // nodemailer keeps its book on the recipients in the envelope object it is given; that is the only place where a
  // recipient refused at RCPT can still be seen after the message itself failed. Pinned by a test.
  const sent: SMTPEnvelope & { rejectedErrors?: unknown[]; accepted?: string[] } = {
    from: envelope.from,
    to: [...envelope.recipients],
    size: message.size,
    use8BitMime: envelope.bodyType === '8BITMIME',
  };
  const source = Readable.from(message.stream(), { highWaterMark: 1 });
  try {
    const info = await transmit(connection, sent, source);
    const outcomes = refusedAtRcpt(info.rejectedErrors ?? []);
    const accepted = replyOutcome(info.response);
    for (const recipient of info.accepted) outcomes.set(recipient, accepted);
    return { outcomes, reusable: true, unanswered: false };
  } catch (error) {
    source.destroy();
    const failure = readFailure(error);
    if (failure.code === STREAM_FAILED) {
      // Without the final dot: the far end throws away what it has got so far.
      connection.close();
      throw error;
    }
    // After a refused MAIL the pipelined RCPT are refused for the order of commands alone: those replies say nothing.
    const atMail = failure.command === 'MAIL FROM';
    const outcomes = refusedAtRcpt(atMail ? [] : (sent.rejectedErrors ?? []));
    const unanswered = outcomes.size === 0 && (sent.accepted ?? []).length === 0;
    const outcome = failureOutcome(error, 'session');
    for (const recipient of envelope.recipients) {
      if (!outcomes.has(recipient)) outcomes.set(recipient, outcome);
    }
    const inOrder = outcome.kind === 'reply' && outcome.code !== 421;
    const reusable = inOrder && (await reset(connection));
    const hungUp = outcome.kind === 'network' && outcome.failure === 'dropped';
    return { outcomes, reusable, unanswered: unanswered && hungUp };
  }
}

function transmit(
  connection: SMTPConnection,
  envelope: SMTPEnvelope,
  source: Readable,
): Promise<SMTPConnectionSendInfo> {
  return new Promise((resolve, reject) => {
    connection.send(envelope, source, (error, info) => {
      if (error !== null) reject(error);
      else if (info === undefined) reject(new Error('nodemailer gave neither result nor error'));
      else resolve(info);
    });
  });
}

function refusedAtRcpt(errors: readonly unknown[]): Map<string, AttemptOutcome> {
  const outcomes = new Map<string, AttemptOutcome>();
  for (const error of errors) {
    if (!(error instanceof Error) || !('recipient' in error)) continue;
    if (typeof error.recipient !== 'string') continue;
    outcomes.set(error.recipient, failureOutcome(error, 'session'));
  }
  return outcomes;
}

function reset(connection: SMTPConnection): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  connection.once('end', () => resolve(false));
  connection.reset((error) => resolve(error === null));
  return promise;
}

/** RCPT without DATA: `send` would pipeline DATA along, so the commands go through nodemailer's handler for foreign sign-in methods. */
export async function probeRecipient(
  target: SessionTarget,
  from: string,
  recipient: string,
): Promise<AttemptOutcome> {
  let outcome: AttemptOutcome | null = null;
  const connection = connectionFor(target, async (command) => {
    const mail = await command(`MAIL FROM:<${from}>`);
    const last = mail.status === 250 ? await command(`RCPT TO:<${recipient}>`) : mail;
    outcome = replyOutcome(last.response);
    await command('RSET');
  });
  let stage: SessionStage = 'connecting';
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    connection.close();
  }, target.timeouts.silence);
  try {
    await connect(connection);
    stage = 'session';
    await askInSession(connection);
    return outcome ?? network('dropped', 'No answer to RCPT TO');
  } catch (error) {
    if (outcome !== null) return outcome;
    return late ? network('timeout', 'No answer in time') : failureOutcome(error, stage);
  } finally {
    clearTimeout(deadline);
    connection.quit();
    connection.close();
  }
}

function askInSession(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('Connection closed while asking')));
    connection.login({ method: PROBE }, (error) => (error === null ? resolve() : reject(error)));
  });
}
