import type { ContentFinding } from '@holdfast/domain';
import type { ContentFilter } from '../ports/content-filter.ts';
import type { Inspection } from '../ports/inspection.ts';
import type { ReceivedMessage } from '../ports/reception.ts';
import type { CheckedSender, SenderAuthenticator } from '../ports/sender-authentication.ts';
import type { SpoolWriter, StagedBody, StagedMessage } from '../ports/spool.ts';

export interface Taken {
  readonly checked: CheckedSender;
  readonly content: readonly ContentFinding[];
  readonly body: Uint8Array | StagedBody;
}

/**
 * Lets the bytes pass by the authenticator and the content filters, into memory when they are few and into the spool
 * when they are many. All look at the same time.
 */
export async function takeBody(
  options: {
    readonly authenticator: SenderAuthenticator;
    readonly filters: readonly ContentFilter[];
    readonly spool: SpoolWriter;
  },
  message: ReceivedMessage,
  staged: StagedMessage,
): Promise<Taken> {
  const { body, session, from: envelopeFrom } = message;
  const facts = { clientIp: session.clientIp, helo: session.helo, envelopeFrom };
  const authentication = options.authenticator.begin(facts);
  if (options.filters.length === 0 && body instanceof Uint8Array) {
    // The ordinary message, some thousand times a second.
    const wait = authentication.take(body);
    if (wait !== undefined) await wait;
    return { checked: await authentication.finish(), content: [], body };
  }
  const recipients = message.recipients.map(({ address }) => address);
  const filters = options.filters.map((filter) =>
    filter.begin({ id: staged.id, ...facts, recipients }),
  );
  const inspections = [authentication, ...filters];

  async function* passingBy(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      await offer(inspections, piece);
      yield piece;
    }
  }

  let stored: Uint8Array | StagedBody | null = null;
  try {
    if (body instanceof Uint8Array) {
      await offer(inspections, body);
      stored = body;
    } else stored = await options.spool.stage(staged, passingBy(body));
    const [checked, content] = await Promise.all([
      authentication.finish(),
      Promise.all(filters.map((filter) => filter.finish())),
    ]);
    return { checked, content, body: stored };
  } catch (error) {
    for (const inspection of inspections) inspection.abandon();
    if (stored !== null && !(stored instanceof Uint8Array)) await options.spool.discard(stored);
    throw error;
  }
}

/** All take the piece at the same time; the slowest sets the pace. */
async function offer(
  inspections: readonly Inspection<unknown>[],
  piece: Uint8Array,
): Promise<void> {
  const waits = inspections.map((inspection) => inspection.take(piece));
  await Promise.all(waits.filter((wait) => wait instanceof Promise));
}
