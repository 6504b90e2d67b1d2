import type { DirectoryKind } from './directory-object.ts';
import type { Instant } from '../instant.ts';

/** `Get-AcceptedDomain`: for a relay domain Exchange passes unknown recipients on to another system. */
export type DomainMailType = 'authoritative' | 'internal-relay' | 'external-relay';

/** What a domain's part of the directory looks like, as far as an attestation is about it. */
export interface ListShape {
  readonly domain: string;
  readonly addresses: number;
  /** Kinds of objects with an address there, in order. */
  readonly kinds: readonly DirectoryKind[];
}

/** An administrator has said that no recipient of the domain is missing. */
export interface ListAttestation {
  readonly by: string;
  readonly at: Instant;
  readonly addresses: number;
  readonly kinds: readonly DirectoryKind[];
}

export type ListReason =
  | 'exchange-listed'
  | 'attested'
  | 'never-read'
  | 'relay-domain'
  | 'type-unknown'
  | 'not-listed'
  | 'attestation-expired';

/** Whether a permanent refusal of an unknown recipient is allowed, why, and since when what is known is known. */
export interface RecipientListState {
  readonly complete: boolean;
  readonly reason: ListReason;
  /** Null: never read. */
  readonly asOf: Instant | null;
}

/** An attested list that grew or shrank by more than this share has another shape. */
export const ATTESTED_DRIFT_SHARE = 0.1;
/** Below this many addresses the share says nothing: a joiner must not undo an attestation. */
export const ATTESTED_DRIFT_ALWAYS = 5;

/** Completeness is computed for each domain and never assumed: from Exchange's own list, or from a person's word. */
export function decideRecipientList(facts: {
  readonly mailType: DomainMailType | null;
  /** When Exchange listed every recipient, public folders included; null when it never did. */
  readonly exchangeListedAt: Instant | null;
  /** When the directory was read last, by whatever means. */
  readonly readAt: Instant | null;
  readonly attestation: ListAttestation | null;
  readonly shape: ListShape;
}): RecipientListState {
  const { mailType, exchangeListedAt, readAt, attestation, shape } = facts;
  if (readAt === null) return { complete: false, reason: 'never-read', asOf: null };
  // Whatever is listed here, another system has recipients that nobody lists.
  if (mailType === 'internal-relay' || mailType === 'external-relay') {
    return { complete: false, reason: 'relay-domain', asOf: readAt };
  }
  if (exchangeListedAt !== null && mailType === 'authoritative') {
    return { complete: true, reason: 'exchange-listed', asOf: exchangeListedAt };
  }
  if (attestation !== null) {
    return keepsShape(attestation, shape)
      ? { complete: true, reason: 'attested', asOf: readAt }
      : { complete: false, reason: 'attestation-expired', asOf: readAt };
  }
  const reason = exchangeListedAt === null ? 'not-listed' : 'type-unknown';
  return { complete: false, reason, asOf: readAt };
}

function keepsShape(attestation: ListAttestation, shape: ListShape): boolean {
  const drift = Math.abs(shape.addresses - attestation.addresses);
  const kinds = new Set(attestation.kinds);
  return (
    drift <= Math.max(ATTESTED_DRIFT_ALWAYS, attestation.addresses * ATTESTED_DRIFT_SHARE) &&
    shape.kinds.every((kind) => kinds.has(kind))
  );
}
