import { DAY, type Instant } from '@holdfast/domain';
import type { ConnectionRecord } from '../records/organisation.ts';
import type { Need } from './needs.ts';

/** A secret or certificate that runs out: first a reminder, then a problem. */
const EXPIRY_REMINDER = 30 * DAY;
const EXPIRY_URGENT = 7 * DAY;

export interface ConnectionFacts {
  readonly connection: ConnectionRecord | null;
  /** Of Holdfast's own application, where the organisation uses it; null: not known. */
  readonly ownExpiresAt: Instant | null;
}

/** What the connection asks of somebody: Microsoft keeps us out, or soon will. */
export function connectionNeeds(
  { connection, ownExpiresAt }: ConnectionFacts,
  now: Instant,
): readonly Need[] {
  if (connection === null) return [];
  const { refused, proof, mode } = connection;
  const needs: Need[] = [];
  const href = '/connection';
  if (refused !== null) {
    const way =
      mode === 'consent' ? 'Connect again by consent.' : 'Check the application, or connect again.';
    needs.push({
      id: 'connection-refused',
      level: 'problem',
      title: 'Microsoft no longer lets us in',
      detail: `Since ${words(refused.since)}; mail goes on. The directory is not refreshed, and nothing is put back. ${way} Microsoft said: ${refused.detail}`,
      href,
    });
  }
  const expiresAt = mode === 'consent' ? ownExpiresAt : (proof?.expiresAt ?? null);
  if (expiresAt === null || expiresAt - now > EXPIRY_REMINDER) return needs;
  const what = proof?.kind === 'secret' ? 'secret' : 'certificate';
  const over = expiresAt <= now;
  const days = Math.max(1, Math.ceil((expiresAt - now) / DAY));
  needs.push({
    id: 'connection-expires',
    level: expiresAt - now <= EXPIRY_URGENT ? 'problem' : 'attention',
    title: over
      ? `The ${what} for Office 365 has run out`
      : `The ${what} for Office 365 runs out in ${days} ${days === 1 ? 'day' : 'days'}`,
    detail:
      mode === 'consent'
        ? 'It belongs to this installation: ask its operator to renew HOLDFAST_APPLICATION_CERT.'
        : `Valid until ${words(expiresAt)}. Renew it on the Connection page; mail goes on meanwhile, directory and recovery do not.`,
    href,
  });
  return needs;
}

/** `25 Nov 2026, 22:05 UTC`: these sentences are made on the server, which knows no reader's zone. */
function words(at: Instant): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return `${date}, ${time.slice(0, 5)} UTC`;
}
