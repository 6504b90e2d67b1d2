import type { AddressProbe, AttemptOutcome, ProbeStage } from '@holdfast/domain';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { describeError } from '../spool/file-system.ts';
import { readCapabilities } from './capabilities.ts';
import type { TlsUse } from './client-machine.ts';
import { network, replyOutcome } from './outcome.ts';
import { createReplyReader, type SmtpReply } from './reply-reader.ts';

export interface ProbeTarget {
  readonly host: string;
  readonly address: string;
  /** Of our own addresses, the one to leave from; null: the system's choice. */
  readonly source: string | null;
  readonly port: number;
  readonly helo: string;
  readonly tls: Exclude<TlsUse, 'never'>;
  readonly trust: SecureContext;
  /** Milliseconds for all of it. */
  readonly timeout: number;
}

/** Between angle brackets already; nothing of it ends a line. */
export interface ProbeEnvelope {
  readonly from: string;
  readonly recipients: readonly string[];
}

/** What stopped the conversation: an answer that is no yes, or no answer. */
class Stopped extends Error {
  readonly outcome: AttemptOutcome;
  constructor(outcome: AttemptOutcome) {
    super('the probe has its answer');
    this.outcome = outcome;
  }
}

/**
 * One conversation with one address, command by command, with the time of each: greeting, EHLO, STARTTLS, MAIL, RCPT, then
 * RSET and QUIT. Never DATA: nothing is delivered. Never rejects.
 */
export async function probeAddress(
  target: ProbeTarget,
  envelope: ProbeEnvelope,
): Promise<AddressProbe> {
  const { host, address, source } = target;
  const latencies: Partial<Record<ProbeStage, number>> = {};
  const recipients: AttemptOutcome[] = [];
  const talk = createTalk(target);
  let stage: ProbeStage = 'connect';
  const step = async <T>(next: ProbeStage, work: () => Promise<T>): Promise<T> => {
    stage = next;
    const began = performance.now();
    const result = await work();
    latencies[next] = Math.round(performance.now() - began);
    return result;
  };
  let outcome: AttemptOutcome;
  try {
    await step('connect', () => talk.connected());
    await step('banner', () => talk.expect());
    const greeted = await step('ehlo', () => talk.say(`EHLO ${target.helo}`));
    const offered = readCapabilities(greeted).startTls;
    if (offered) {
      await step('starttls', async () => {
        await talk.say('STARTTLS');
        await talk.encrypt();
        await talk.say(`EHLO ${target.helo}`);
      });
    } else if (target.tls === 'must') {
      stage = 'starttls';
      throw new Stopped(network('tls', 'The host does not offer STARTTLS'));
    }
    const taken = await step('mail', () => talk.say(`MAIL FROM:<${envelope.from}>`));
    await step('rcpt', async () => {
      for (const recipient of envelope.recipients)
        recipients.push(replyOutcome(await talk.ask(`RCPT TO:<${recipient}>`)));
    });
    outcome = bestOf(recipients) ?? replyOutcome(taken);
    talk.leave();
  } catch (error) {
    outcome = error instanceof Stopped ? error.outcome : network('dropped', describeError(error));
    talk.close();
  }
  return { host, address, source, stage, outcome, recipients, latencies };
}

/** Undefined: nobody was asked for, so that the answer to MAIL is the last. */
function bestOf(outcomes: readonly AttemptOutcome[]): AttemptOutcome | undefined {
  const taken = outcomes.find((outcome) => outcome.kind === 'reply' && outcome.code < 300);
  return taken ?? outcomes[0];
}

/** Milliseconds that a host gets to take RSET and QUIT. */
const LEAVING = 1000;

/** Commands and answers one after the other, under one clock; every way to fail is a `Stopped`. */
function createTalk(target: ProbeTarget) {
  const reader = createReplyReader();
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  let waiting: ((reply: SmtpReply) => void) | null = null;
  /** What it would mean if the connection went away now. */
  let losing: 'connect' | 'tls' | 'dropped' = 'connect';
  const { address: host, port, source } = target;
  let socket: Socket = connect({
    host,
    port,
    noDelay: true,
    ...(source !== null && { localAddress: source }),
  });
  const timer = setTimeout(() => fail(network('timeout', 'No answer in time')), target.timeout);

  function fail(outcome: AttemptOutcome): void {
    ended.reject(new Stopped(outcome));
    close();
  }

  function close(): void {
    clearTimeout(timer);
    socket.destroy();
  }

  function look(): void {
    if (waiting === null) return;
    try {
      const reply = reader.next();
      if (reply === null) return;
      const resolve = waiting;
      waiting = null;
      resolve(reply);
    } catch (error) {
      fail(network('dropped', describeError(error)));
    }
  }

  function attach(to: Socket): void {
    socket = to;
    to.on('data', (bytes: Buffer) => {
      reader.push(bytes);
      look();
    });
    to.on('error', (error) => fail(network(losing, describeError(error))));
    to.on('close', () => fail(network(losing, 'the connection was closed')));
  }

  function event(of: Socket, name: 'connect' | 'secureConnect'): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    of.once(name, () => resolve(undefined));
    return Promise.race([promise, ended.promise]);
  }

  function answer(): Promise<SmtpReply> {
    const { promise, resolve } = Promise.withResolvers<SmtpReply>();
    waiting = resolve;
    look();
    return Promise.race([promise, ended.promise]);
  }

  async function ask(line: string): Promise<SmtpReply> {
    socket.write(`${line}\r\n`);
    return answer();
  }

  attach(socket);
  return {
    async connected() {
      await event(socket, 'connect');
      losing = 'dropped';
    },
    expect: async () => positive(await answer()),
    ask,
    say: async (line: string) => positive(await ask(line)),
    async encrypt() {
      // What was said in clear is forgotten (RFC 3207 §4.2).
      reader.forget();
      const clear = socket;
      clear.removeAllListeners();
      clear.on('error', () => undefined);
      losing = 'tls';
      const secure = connectTls({
        socket: clear,
        host: target.host,
        ...(isIP(target.host) === 0 && { servername: target.host }),
        secureContext: target.trust,
        rejectUnauthorized: target.tls === 'must',
      });
      attach(secure);
      await event(secure, 'secureConnect');
      losing = 'dropped';
    },
    close,
    leave() {
      clearTimeout(timer);
      socket.end('RSET\r\nQUIT\r\n');
      const leaving = socket;
      setTimeout(() => leaving.destroy(), LEAVING).unref();
    },
  };
}

function positive(reply: SmtpReply): SmtpReply {
  if (reply.code >= 400) throw new Stopped(replyOutcome(reply));
  return reply;
}
