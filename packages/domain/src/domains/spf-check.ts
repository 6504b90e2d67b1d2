import { finding, settleCheck, type DomainCheck, type Finding } from './domain-check.ts';
import { SPF_LOOKUP_LIMIT, SPF_LOOKUPS_CLOSE } from '../mail-flow/sender-policy.ts';
import type { AuthenticationResult } from '../mail-flow/verdict.ts';

/** Questions without an answer that a record may cost (RFC 7208 §4.6.4). */
export const SPF_VOID_LIMIT = 2;

/** What following the record and all that it includes has shown. */
export interface SpfWalk {
  readonly known: 'found' | 'absent' | 'unknown';
  readonly records: readonly string[];
  readonly disagree: boolean;
  readonly ttl: number | null;
  /** Questions that terms of all records cost. */
  readonly lookups: number;
  /** Names that do not exist or have nothing of what was asked. */
  readonly voids: readonly string[];
  /** Terms that cannot be read, with the name of their record unless it is the domain’s own. */
  readonly errors: readonly string[];
  /** Names that are included and have no record, or several. */
  readonly broken: readonly string[];
  readonly circle: string | null;
  /** Names that gave no answer: what they hold is not counted. */
  readonly silent: readonly string[];
  readonly plusAll: boolean;
  /** Its own record ends with `all` or `redirect`. */
  readonly ends: boolean;
  readonly ptr: boolean;
}

/** `result`: what recipients say of our addresses, the worst of them; null: it cannot be told. */
export function checkSpf(walk: SpfWalk, result: AuthenticationResult | null): DomainCheck {
  const told = { seen: walk.records, ttl: walk.ttl };
  if (walk.known === 'unknown') return settleCheck('spf', [finding('spf-silent')], told);
  if (walk.records.length === 0) return settleCheck('spf', [finding('spf-absent')], told);
  return settleCheck('spf', [...faults(walk), ...oursFindings(walk, result)], told);
}

function faults(walk: SpfWalk): readonly Finding[] {
  const { records, lookups, voids } = walk;
  return [
    ...(records.length > 1 ? [finding('spf-several', String(records.length))] : []),
    ...walk.errors.map((term) => finding('spf-syntax', term)),
    ...walk.broken.map((name) => finding('spf-broken-include', name)),
    ...(walk.circle === null ? [] : [finding('spf-circle', walk.circle)]),
    ...(lookups > SPF_LOOKUP_LIMIT ? [finding('spf-lookups', String(lookups))] : []),
    ...(lookups >= SPF_LOOKUPS_CLOSE && lookups <= SPF_LOOKUP_LIMIT
      ? [finding('spf-lookups-close', String(lookups))]
      : []),
    ...(voids.length > SPF_VOID_LIMIT ? [finding('spf-void', voids.join(', '))] : []),
    ...(walk.plusAll ? [finding('spf-plus-all')] : []),
    ...(walk.ends ? [] : [finding('spf-no-end')]),
    ...(walk.ptr ? [finding('spf-ptr')] : []),
    ...(walk.disagree ? [finding('spf-disagreement')] : []),
    ...walk.silent.map((name) => finding('spf-silent', name)),
  ];
}

function oursFindings(walk: SpfWalk, result: AuthenticationResult | null): readonly Finding[] {
  switch (result) {
    case 'pass':
      // With `+all` everybody passes: that proves nothing of us.
      return walk.plusAll ? [] : [finding('spf-ours')];
    case null:
    case 'temperror':
      return [finding('spf-not-told')];
    case 'permerror':
      return [];
    case 'fail':
    case 'softfail':
    case 'neutral':
    case 'none':
    case 'policy':
      return [finding('spf-not-ours')];
  }
}
