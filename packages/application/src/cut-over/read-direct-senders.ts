import {
  directSenders,
  HOUR,
  isProtectableDomain,
  type DirectSender,
  type Instant,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { openCredentials } from '../organisations/open-credentials.ts';
import { tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import { changeCutOver } from './change-cut-over.ts';

/** Rows of the trace that are looked at: ten requests of the hundred that Microsoft takes in five minutes. */
export const TRACE_ROWS = 10_000;
/** How far back it is looked. Milliseconds. */
export const TRACE_WINDOW = 24 * HOUR;

export type DirectSendersReading =
  | {
      readonly kind: 'read';
      readonly since: Instant;
      readonly until: Instant;
      readonly senders: readonly DirectSender[];
      /** Rows looked at; there were more when it is not complete. */
      readonly rows: number;
      readonly complete: boolean;
    }
  /** Why it cannot be told, and what would have to be granted, in words. */
  | { readonly kind: 'not-possible'; readonly detail: string };

/**
 * Who still sends to Office 365 past us, by its own message trace. Of a domain whose wait is over it settles the step.
 * Refuses nothing: what is not permitted is explained.
 */
export async function readDirectSenders(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<DirectSendersReading> {
  const { organisationId } = actor;
  const known = await ports.database.withinOrganisation(organisationId, async (r) => ({
    domains: (await r.domains.list()).filter(isProtectableDomain).map(({ name }) => name),
    connection: await r.connection.get(),
    state: (await r.cutOvers.get(input.name)).state,
  }));
  const credentials = await openCredentials(ports, organisationId);
  if (credentials === null || known.connection === null) {
    return { kind: 'not-possible', detail: 'Office 365 is not connected.' };
  }
  const until = ports.clock.now();
  const changedAt = known.state?.phase === 'through-us' ? known.state.changedAt : null;
  const since = Math.max(until - TRACE_WINDOW, changedAt ?? 0);
  try {
    const { rows, complete } = await ports.messageTrace.received(credentials, {
      since,
      until,
      limit: TRACE_ROWS,
    });
    const senders = directSenders(rows, {
      ourAddresses: ports.settings.ourAddresses,
      domains: known.domains,
      initialDomain: known.connection.initialDomain,
    });
    await settle(ports, actor, input.name, senders, until);
    return { kind: 'read', since, until, senders, rows: rows.length, complete };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const detail = `${tenantFailureWords(error)} It needs ExchangeMessageTrace.Read.All.`;
    return { kind: 'not-possible', detail };
  }
}

/** Looked at before the wait is over it is information, and no more. */
async function settle(
  ports: Ports,
  actor: Actor,
  name: string,
  senders: readonly DirectSender[],
  readAt: Instant,
): Promise<void> {
  const policy = ports.settings.cutOver;
  const messages = senders.reduce((sum, sender) => sum + sender.messages, 0);
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const { state } = await r.cutOvers.lock(name);
    if (state?.phase !== 'through-us' || readAt < state.changedAt + policy.watchFor) return;
    const count = { readAt, messages, sources: senders.length };
    const command = { type: 'read-direct-senders', count, at: readAt, policy } as const;
    await changeCutOver(ports, actor, r, name, () => command);
  });
}
