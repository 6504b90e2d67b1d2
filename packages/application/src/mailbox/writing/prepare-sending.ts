import { MAX_SUBMISSION_BYTES } from '@holdfast/contracts';
import { dayOf, domainOf } from '@holdfast/domain';
import { signingKeyOf } from '../../domains/signing-keys.ts';
import type { Ports } from '../../ports.ts';
import type { ComposeInput } from '../../ports/message-parser.ts';
import type { OrganisationRepositories } from '../../ports/repositories/organisation-repositories.ts';
import type { EnvelopeRecipient, PractisedMessage } from '../../ports/spool.ts';
import type { MessageRecord } from '../../records/mail.ts';
import type { DomainKeyRecord } from '../../records/organisation.ts';
import type { DirectoryRecord } from '../../records/people.ts';
import { Refusal } from '../../refusal.ts';
import type { UserActor } from '../user-access.ts';
import { draftDigest } from './draft-content.ts';
import { envelopeRecipients, readAddresses } from './envelope-recipients.ts';
import { withSending } from './with-sending.ts';

/** A message that is under way to the spool this long was cut off there, and may be sent again. Unit: ms. */
const STORING_TAKES_AT_MOST = 30_000;
const SECOND = 1000;

export interface SendMessageInput {
  readonly key: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc?: readonly string[] | undefined;
  /** Of those in To and Cc, by address. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly subject: string;
  readonly text: string;
  /** Light rich text as the client sent it; absent or null: plain text. */
  readonly html?: string | null | undefined;
  readonly about: {
    readonly itemId: string;
    readonly mode: 'reply' | 'forward';
    /** Attachments of the forwarded message that go along; absent: all. */
    readonly parts?: readonly number[] | undefined;
    /** It goes along below `html` as it looks. */
    readonly quote?: boolean | undefined;
  } | null;
  readonly uploadIds: readonly string[];
  /** The revision of the draft that the sender had seen; absent or null: not known. */
  readonly base?: number | null | undefined;
  readonly device?: string | null | undefined;
  /** When Send was pressed, by the phone's clock. */
  readonly writtenAt?: number | null | undefined;
  /** Whose message it is, where the client says so. */
  readonly as?: string | null | undefined;
  /** The drill that it was written in, null for none; absent where the client does not say. */
  readonly drill?: string | null | undefined;
}

export interface SentMessage {
  readonly messageId: string;
  /** Until then `undoSend` takes it back; null: it has left or leaves at once. */
  readonly undoUntil: number | null;
}

export interface PreparedMessage {
  /** This very message was sent before. */
  readonly earlier: SentMessage | null;
  /** Of the record in the spool: the same for every try. */
  readonly id: string;
  readonly at: number;
  /** Null: it leaves at once. */
  readonly undoUntil: number | null;
  readonly digest: string;
  readonly user: DirectoryRecord;
  /** None in a drill. */
  readonly recipients: readonly EnvelopeRecipient[];
  /** Null: the message is meant to leave. */
  readonly practised: PractisedMessage | null;
  readonly uploads: ComposeInput['attachments'];
  readonly about: MessageRecord | null;
  /** Null: the domain has no key whose record was seen, and the message leaves unsigned. */
  readonly signingKey: DomainKeyRecord | null;
}

/** Everything that is decided before the message is composed; claims its key. */
export async function prepareSending(
  ports: Ports,
  actor: UserActor,
  input: SendMessageInput,
): Promise<PreparedMessage> {
  const addresses = readAddresses([...input.to, ...input.cc, ...(input.bcc ?? [])]);
  const digest = draftDigest(ports.secrets, actor, { ...input, bcc: input.bcc ?? [] });
  return withSending(ports, actor, input, async (repositories, user, drillId) => {
    const undo = await undoTimeOf(ports, repositories, actor);
    const found = await repositories.mailbox.findSubmission(actor.userId, input.key);
    const earlier = found === null ? null : sentBefore(ports, input.key, found, { digest, undo });
    const uploads = await readUploads(repositories, actor, input, earlier !== null);
    const about =
      input.about === null
        ? null
        : await repositories.mailbox.get(actor.userId, input.about.itemId);
    const recipients =
      earlier === null
        ? await envelopeRecipients(repositories, actor.organisationId, addresses)
        : [];
    const practised =
      drillId === null ? null : await practise(repositories, user, drillId, addresses);
    const signingKey =
      practised === null
        ? signingKeyOf(await repositories.domainKeys.ofDomain(domainOf(user.primaryAddress)))
        : null;
    const at = ports.clock.now();
    // One that was cut off before it was stored goes on as the same record: were it there after all, it is there once.
    const isSameDay = found !== null && dayOf(found.acceptedAt) === dayOf(at);
    const id = isSameDay ? found.messageId : ports.identifiers.uuid();
    if (earlier === null) {
      const claim = {
        messageId: id,
        acceptedAt: at,
        digest,
        unlessSince: at - STORING_TAKES_AT_MOST,
      };
      if (!(await repositories.mailbox.claimSubmission(actor.userId, input.key, claim)))
        throw stillSending();
    }
    return {
      earlier,
      id,
      at,
      undoUntil: undoUntilOf(undo, at),
      digest,
      user,
      // Checked as ever, and then forgotten: what has no recipients cannot reach any.
      recipients: practised === null ? recipients : [],
      practised,
      uploads,
      about: about?.message ?? null,
      signingKey,
    };
  });
}

/** Of those addressed, who takes part in the same drill. */
async function practise(
  { drills, directory }: OrganisationRepositories,
  user: DirectoryRecord,
  drillId: string,
  addresses: readonly string[],
): Promise<PractisedMessage> {
  const drill = await drills.get(drillId);
  const others = await directory.getMany(drill?.participants ?? []);
  const readerIds = others
    .filter(({ id }) => id !== user.id)
    .filter((other) => other.addresses.some((address) => addresses.includes(address)))
    .map(({ id }) => id);
  return { drillId, readerIds };
}

/** Unit: ms. */
async function undoTimeOf(
  ports: Ports,
  { writingSettings }: OrganisationRepositories,
  actor: UserActor,
): Promise<number> {
  const own = await writingSettings.get(actor.userId);
  const seconds = own?.undoSeconds ?? null;
  return seconds === null ? ports.settings.undoSend : seconds * SECOND;
}

async function readUploads(
  repositories: OrganisationRepositories,
  actor: UserActor,
  input: SendMessageInput,
  wasSent: boolean,
): Promise<ComposeInput['attachments']> {
  const uploads = await repositories.uploads.read(actor.userId, input.uploadIds);
  if (!wasSent && uploads.length !== input.uploadIds.length) {
    throw new Refusal(
      'mailbox.upload-missing',
      'An attachment did not arrive. Remove it and add it again.',
    );
  }
  const bytes = uploads.reduce((total, upload) => total + upload.content.byteLength, 0);
  if (bytes > MAX_SUBMISSION_BYTES) throw tooBig();
  return uploads.map(({ fileName, contentType, content }) => ({ fileName, contentType, content }));
}

type Submission = NonNullable<
  Awaited<ReturnType<OrganisationRepositories['mailbox']['findSubmission']>>
>;

/** Null: it was begun, and never reached the spool. */
function sentBefore(
  ports: Ports,
  key: string,
  earlier: Submission,
  { digest, undo }: { readonly digest: string; readonly undo: number },
): SentMessage | null {
  const now = ports.clock.now();
  if (earlier.undoneAt !== null) {
    throw new Refusal(
      'mailbox.taken-back',
      'You took this message back. Send it again from the draft.',
    );
  }
  if (earlier.storedAt === null) {
    const isUnderWay = earlier.digest !== null && now - earlier.acceptedAt < STORING_TAKES_AT_MOST;
    if (isUnderWay) throw stillSending();
    return null;
  }
  if (earlier.digest !== null && earlier.digest !== digest) {
    throw new Refusal(
      'mailbox.sent-elsewhere',
      'This message was sent from another device already, in other words. Yours was not sent, and stays a draft.',
    );
  }
  const undoUntil = undoUntilOf(undo, earlier.acceptedAt);
  const passed = undoUntil !== null && undoUntil <= now;
  return { messageId: messageIdOf(ports, key), undoUntil: passed ? null : undoUntil };
}

function stillSending(): Refusal {
  return new Refusal(
    'mailbox.still-sending',
    'This message is being sent already. Nothing is lost: look again in a moment.',
  );
}

/** Null: it leaves at once. */
function undoUntilOf(undo: number, sentAt: number): number | null {
  return undo === 0 ? null : sentAt + undo;
}

/** The same for every call with this key, and never made anew. */
export function messageIdOf(ports: Ports, key: string): string {
  return `<${key}@${hostOf(ports)}>`;
}

export function hostOf(ports: Ports): string {
  return ports.settings.ourHosts[0] ?? 'localhost';
}

export function tooBig(): Refusal {
  return new Refusal(
    'mailbox.too-big',
    `The message is larger than ${MAX_SUBMISSION_BYTES / 1024 / 1024} MB. Remove an attachment.`,
  );
}
