import { DAY, isProtectableDomain, type LockDownObstacle } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { lookAgain } from './switch-lock-down.ts';
import { readDirectSenders } from './read-direct-senders.ts';
import { readLockDownFacts } from './read-cut-over.ts';

/** How far back it is counted what came through us. Milliseconds. */
const COUNTED = 7 * DAY;

export interface LockDownPreview {
  readonly on: boolean;
  readonly obstacles: readonly LockDownObstacle[];
  readonly domains: readonly string[];
  /** Messages that came through us in the last seven days. */
  readonly throughUs: number;
  /** What would have been refused in the last day; null: cannot be told. */
  readonly direct: { readonly messages: number; readonly sources: number } | null;
  /** Mail from outside to addresses there is refused as well: its MX is always Microsoft's. */
  readonly initialDomain: string | null;
}

/** What switching the lock-down on would do, in numbers. Looks at every domain anew; changes nothing. */
export async function previewLockDown(ports: Ports, actor: Actor): Promise<LockDownPreview> {
  const { organisationId } = actor;
  await lookAgain(ports, actor);
  const known = await ports.database.withinOrganisation(organisationId, async (r) => ({
    facts: await readLockDownFacts(r),
    hours: await r.mailFlow.hourly(ports.clock.now() - COUNTED),
    connection: await r.connection.get(),
    domains: (await r.domains.list()).filter(isProtectableDomain).map(({ name }) => name),
  }));
  const on = known.facts.evidence?.lockDown === 'on';
  const [first] = known.domains;
  const senders =
    first === undefined ? null : await readDirectSenders(ports, actor, { name: first });
  return {
    on,
    obstacles: known.facts.obstacles,
    domains: known.domains,
    throughUs: known.hours.reduce((sum, { accepted }) => sum + accepted, 0),
    direct:
      senders?.kind === 'read'
        ? {
            messages: senders.senders.reduce((sum, { messages }) => sum + messages, 0),
            sources: senders.senders.length,
          }
        : null,
    initialDomain: known.connection?.initialDomain ?? null,
  };
}
