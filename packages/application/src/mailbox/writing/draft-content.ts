import type { DraftContentInput } from '@holdfast/contracts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UserActor } from '../user-access.ts';

export type DraftContent = DraftContentInput;

/** What a list shows of a draft. */
export interface DraftHead {
  readonly to: DraftContent['to'];
  readonly subject: string;
  readonly preview: string;
  readonly attachments: number;
}

type Sealing = Pick<Secrets, 'seal' | 'open' | 'mac'>;

/** Unit: characters. */
const PREVIEW = 120;
/** Recipients that a list names. */
const NAMED = 5;

/** Authenticated with the text, so that it opens for its writer only. */
function contextOf({ organisationId, userId }: UserActor): string {
  return `draft:${organisationId}:${userId}`;
}

export function sealDraft(
  secrets: Sealing,
  actor: UserActor,
  content: DraftContent,
): { readonly sealed: string; readonly sealedHead: string; readonly digest: string } {
  const head: DraftHead = {
    to: content.to.slice(0, NAMED),
    subject: content.subject,
    preview: content.text.trim().replaceAll(/\s+/g, ' ').slice(0, PREVIEW),
    attachments: content.uploadIds.length + (content.about?.parts.length ?? 0),
  };
  return {
    sealed: secrets.seal(JSON.stringify(content), contextOf(actor)),
    sealedHead: secrets.seal(JSON.stringify(head), contextOf(actor)),
    digest: draftDigest(secrets, actor, digestible(content)),
  };
}

/** Sealed by us, so that its shape is ours. */
export function openDraft(secrets: Sealing, actor: UserActor, sealed: string): DraftContent {
  return JSON.parse(secrets.open(sealed, contextOf(actor))) as DraftContent;
}

export function openHead(secrets: Sealing, actor: UserActor, sealed: string): DraftHead {
  return JSON.parse(secrets.open(sealed, contextOf(actor))) as DraftHead;
}

/** What makes two drafts, or a draft and what was sent, the same message. */
interface Digestible {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string | null | undefined;
  readonly about: { readonly quote?: boolean | undefined } | null;
  readonly uploadIds: readonly string[];
}

function digestible(content: DraftContent): Digestible {
  const addresses = (parties: DraftContent['to']) => parties.map(({ address }) => address);
  return {
    ...content,
    to: addresses(content.to),
    cc: addresses(content.cc),
    bcc: addresses(content.bcc),
  };
}

/** Keyed: what people write must not be guessed from a backup of the database. */
export function draftDigest(
  secrets: Pick<Secrets, 'mac'>,
  actor: UserActor,
  { to, cc, bcc, subject, text, html, about, uploadIds }: Digestible,
): string {
  // Of plain text as it was before there was any other: what is stored has to be known again.
  const rich = html === null || html === undefined ? [] : [html, about?.quote === true];
  const plain = (list: readonly string[]) => list.map((each) => each.trim().toLowerCase());
  const lines = text.replaceAll('\r\n', '\n').trimEnd();
  return secrets.mac(
    'draft',
    [actor.organisationId, actor.userId],
    JSON.stringify([plain(to), plain(cc), plain(bcc), subject, lines, uploadIds, ...rich]),
  );
}
