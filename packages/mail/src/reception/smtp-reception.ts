import type {
  AcceptedRecipient,
  Clock,
  Log,
  Reception,
  ReceptionPolicy,
  SessionFacts,
  SmtpReply,
} from '@holdfast/application';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { domainToASCII } from 'node:url';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { describeError } from '../spool/file-system.ts';
import { countReceivedFields, MAX_RECEIVED_FIELDS, normaliseMessage } from './message-bytes.ts';

export interface ReceptionLimits {
  /** Bytes, announced as SIZE. */
  readonly maxMessageBytes: number;
  readonly maxRecipients: number;
  readonly maxConnections: number;
  /** At once, from one IP address. */
  readonly maxConnectionsPerClient: number;
  /** Milliseconds of silence; RFC 5321 §4.5.3.2.7 wants at least 5 minutes. Default 300 s. */
  readonly socketTimeout?: number;
  /** Milliseconds that `stop` waits for messages under way; more than the slowest commit. Default 60 s. */
  readonly closeTimeout?: number;
}

export interface SmtpReceptionOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Address to listen on. */
  readonly bind: string;
  /** Our public names; the first one greets. */
  readonly hostnames: readonly string[];
  /** PEM; null: STARTTLS is not offered. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly policy: ReceptionPolicy;
  readonly log: Log;
  readonly limits: ReceptionLimits;
  readonly clock: Clock;
}

/** The port is taken; the message says what to do. */
export class PortInUseError extends Error {
  readonly code = 'EADDRINUSE';
  readonly port: number;
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program: stop it, or set HOLDFAST_MX_PORT to a free port`,
    );
    this.name = 'PortInUseError';
    this.port = port;
  }
}

const DEFAULT_SOCKET_TIMEOUT = 300_000;
const DEFAULT_CLOSE_TIMEOUT = 60_000;
/** Milliseconds; what is still connected when stopping is told `421` at once. */
const IMMEDIATELY = 1;
/** RFC 5321 §4.1.1.11: parameters that were not offered are refused, not ignored. */
const MAIL_PARAMETERS = new Set(['SIZE', 'BODY']);

const OUR_FAULT = reply(451, '4.3.0', 'Temporary problem here, please try again later');
const STOPPING = reply(421, '4.3.2', 'Shutting down, please try again');
const TOO_MANY = reply(421, '4.7.0', 'Too many connections from your address at once');
const UNKNOWN_PARAMETER = reply(555, '5.5.4', 'Parameter not supported here');
const NO_UTF8_ADDRESSES = reply(553, '5.6.7', 'Addresses outside ASCII are not supported here');
const BAD_BYTES = reply(550, '5.6.0', 'Message contains a bare CR or a NUL byte (RFC 5321 2.3.8)');
const LOOP = reply(554, '5.4.6', `Mail loop: more than ${MAX_RECEIVED_FIELDS} Received fields`);

interface SessionState {
  readonly tls: string | null;
  readonly recipients: Map<string, AcceptedRecipient>;
}

/**
 * smtp-server speaks the protocol; here are its limits, the one normalisation of bytes, and the rule that whatever goes
 * wrong inside is `451` (invariant 1). ENHANCEDSTATUSCODES is not announced: the library would put a code of its own
 * before each of ours. Our replies carry theirs as text all the same. SMTPUTF8 is not announced, because the relay does
 * not carry it; DSN, CHUNKING and REQUIRETLS for the same reason.
 */
export function createSmtpReception(options: SmtpReceptionOptions): Reception {
  const { policy, log, limits } = options;
  const states = new WeakMap<SMTPServerSession, SessionState>();
  const clients = new Map<string, Set<string>>();
  let messagesUnderWay = 0;
  let stopping = false;
  let idle: (() => void) | null = null;

  function stateOf(session: SMTPServerSession): SessionState {
    const known = states.get(session);
    if (known !== undefined) return known;
    const fresh = { tls: null, recipients: new Map<string, AcceptedRecipient>() };
    states.set(session, fresh);
    return fresh;
  }

  function factsOf(session: SMTPServerSession): SessionFacts {
    const { tls } = stateOf(session);
    const helo = session.hostNameAppearsAs;
    return { id: session.id, clientIp: session.remoteAddress, helo, tls };
  }

  /** Null from `decide` is a yes. Whatever it throws becomes `451`. */
  function settle(
    done: (error?: Error | null) => void,
    session: SMTPServerSession,
    decide: () => Promise<SmtpReply | null>,
  ): void {
    decide().then(
      (refusal) => done(refusal === null ? null : asError(refusal)),
      (error: unknown) => {
        log.error('Reception failed inside', { session: session.id, error: describeError(error) });
        done(asError(OUR_FAULT));
      },
    );
  }

  async function decideMail(
    address: SMTPServerAddress,
    session: SMTPServerSession,
  ): Promise<SmtpReply | null> {
    stateOf(session).recipients.clear();
    if (stopping) return STOPPING;
    const args = Object.keys(address.args === false ? {} : address.args);
    if (args.some((name) => !MAIL_PARAMETERS.has(name))) return UNKNOWN_PARAMETER;
    const from = toAscii(address.address);
    return from === null ? NO_UTF8_ADDRESSES : policy.mailFrom(factsOf(session), from);
  }

  async function decideRecipient(
    address: SMTPServerAddress,
    session: SMTPServerSession,
  ): Promise<SmtpReply | null> {
    if (address.args !== false) return UNKNOWN_PARAMETER;
    const to = toAscii(address.address);
    if (to === null) return NO_UTF8_ADDRESSES;
    const answer = await policy.recipient(factsOf(session), senderOf(session), to);
    if (!answer.accept) return answer.reply;
    stateOf(session).recipients.set(keyOf(address.address), answer.recipient);
    return null;
  }

  async function decideMessage(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
  ): Promise<SmtpReply> {
    // Taken before the first wait: the session's envelope belongs to the transaction, not to this function.
    const { bodyType, smtpUtf8, rcptTo } = session.envelope;
    const from = senderOf(session);
    const accepted = stateOf(session).recipients;
    // A set: the library keeps two spellings of one internationalised domain apart.
    const recipients = new Set(
      rcptTo
        .map((recipient) => accepted.get(keyOf(recipient.address)))
        .filter((recipient) => recipient !== undefined),
    );
    const raw = await collect(stream, limits.maxMessageBytes);
    // The connection is gone, or the library answers 552 by itself.
    if (raw === null) return OUR_FAULT;
    const message = normaliseMessage(raw);
    if (message.kind === 'refused') {
      log.warn('Message refused for its bytes', { session: session.id, reason: message.reason });
      return BAD_BYTES;
    }
    if (countReceivedFields(message.bytes) > MAX_RECEIVED_FIELDS) return LOOP;
    return policy.message({
      session: factsOf(session),
      from,
      recipients: [...recipients],
      bodyType: bodyType === '8bitmime' ? '8BITMIME' : '7BIT',
      smtpUtf8: smtpUtf8 ?? false,
      body: message.bytes,
    });
  }

  const handlers: SMTPServerOptions = {
    onConnect(session, done) {
      const open = clients.get(session.remoteAddress) ?? new Set<string>();
      if (stopping) return done(asError(STOPPING));
      if (open.size >= limits.maxConnectionsPerClient) return done(asError(TOO_MANY));
      clients.set(session.remoteAddress, open.add(session.id));
      done();
    },
    onSecure(socket, session, done) {
      const tls = socket instanceof TLSSocket ? describeTls(socket) : null;
      states.set(session, { tls, recipients: new Map() });
      done();
    },
    onClose(session) {
      const open = clients.get(session.remoteAddress);
      open?.delete(session.id);
      if (open?.size === 0) clients.delete(session.remoteAddress);
    },
    onMailFrom: (address, session, done) =>
      settle(done, session, () => decideMail(address, session)),
    onRcptTo: (address, session, done) =>
      settle(done, session, () => decideRecipient(address, session)),
    onData(stream, session, done) {
      messagesUnderWay += 1;
      let text = 'Message accepted';
      settle(
        (error) => {
          messagesUnderWay -= 1;
          done(error, text);
          if (messagesUnderWay === 0) idle?.();
        },
        session,
        async () => {
          const answer = await decideMessage(stream, session);
          if (answer.code < 200 || answer.code > 299) return answer;
          text = lineOf(answer);
          return null;
        },
      );
    },
  };

  const server = new SMTPServer({ ...libraryOptions(options), ...handlers });
  // Errors of single connections arrive here too; those of listening are dealt with in `start`.
  server.on('error', (error) => log.debug('SMTP connection', { error: error.message }));

  return {
    start: () => listen(server, options),
    async stop() {
      if (stopping) return;
      stopping = true;
      const closed = new Promise<void>((resolve) => server.server.close(() => resolve()));
      await untilIdle(limits.closeTimeout ?? DEFAULT_CLOSE_TIMEOUT);
      // Only now: the library would say 421 to a client whose message is being committed, and so make a duplicate.
      server.options.closeTimeout = IMMEDIATELY;
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await closed;
    },
  };

  function untilIdle(patience: number): Promise<void> {
    if (messagesUnderWay === 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patience);
    idle = resolve;
    return promise.finally(() => clearTimeout(timer));
  }
}

function libraryOptions(options: SmtpReceptionOptions): SMTPServerOptions {
  const { limits, tls, hostnames } = options;
  return {
    name: hostnames[0] ?? 'localhost',
    banner: 'Holdfast',
    size: limits.maxMessageBytes,
    rejectOversized: true,
    maxRecipients: limits.maxRecipients,
    maxClients: limits.maxConnections,
    socketTimeout: limits.socketTimeout ?? DEFAULT_SOCKET_TIMEOUT,
    // Mail for us comes from strangers: nobody signs in, and no address is trusted to speak for another.
    disabledCommands: tls === null ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    authOptional: true,
    useProxy: false,
    useXClient: false,
    useXForward: false,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: true,
    hideSMTPUTF8: true,
    hideDSN: true,
    hideREQUIRETLS: true,
    logger: false,
    ...(tls === null ? {} : { cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' as const }),
  };
}

function listen(
  server: SMTPServer,
  options: SmtpReceptionOptions,
): Promise<{ readonly port: number }> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(options.port) : error);
    };
    server.server.once('error', failed);
    server.listen(options.port, options.bind, () => {
      server.server.removeListener('error', failed);
      const address = server.server.address() as AddressInfo;
      options.log.info('Listening for mail', { bind: options.bind, port: address.port });
      resolve({ port: address.port });
    });
  });
}

/** Null when the client went away or sent more than `limit`; what is too much is read on and thrown away. */
async function collect(stream: SMTPServerDataStream, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    return null;
  }
  return size > limit ? null : Buffer.concat(chunks, size);
}

function senderOf(session: SMTPServerSession): string {
  const { mailFrom } = session.envelope;
  return mailFrom === false ? '' : (toAscii(mailFrom.address) ?? '');
}

/** The library shows internationalised domains in Unicode; on the wire and in the directory they are ASCII. */
function toAscii(address: string): string | null {
  const at = address.lastIndexOf('@');
  const local = at === -1 ? address : address.slice(0, at);
  // oxlint-disable-next-line no-control-regex
  if (/[^\x20-\x7e]/.test(local)) return null;
  if (at === -1) return local;
  const domain = address.slice(at + 1);
  if (/^[\x20-\x7e]*$/.test(domain)) return address;
  const ascii = domainToASCII(domain);
  return ascii === '' ? null : `${local}@${ascii}`;
}

function keyOf(address: string): string {
  return (toAscii(address) ?? address).toLowerCase();
}

function describeTls(socket: TLSSocket): string {
  return `${socket.getProtocol() ?? 'TLS'} ${socket.getCipher().name}`;
}

function reply(code: number, enhanced: string, text: string): SmtpReply {
  return { code, enhanced, text };
}

function lineOf(answer: SmtpReply): string {
  return answer.enhanced === null ? answer.text : `${answer.enhanced} ${answer.text}`;
}

function asError(answer: SmtpReply): Error {
  // A refusal must refuse: a code that means yes or "go on" would confirm what was not accepted.
  const refuses = answer.code >= 400 && answer.code <= 599;
  const given = refuses ? answer : OUR_FAULT;
  return Object.assign(new Error(lineOf(given)), { responseCode: given.code });
}
