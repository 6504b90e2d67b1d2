import { assessOutcome, describeOutcome, MINUTE, type Instant } from '@holdfast/domain';
import type { Log } from '../ports/log.ts';
import type { RelayResult } from '../ports/relay-transport.ts';

/** The same alarm is raised again after this. */
const ALARM_AGAIN = 5 * MINUTE;

export interface TenantAlarms {
  learn(organisationId: string, results: readonly RelayResult[], now: Instant): void;
}

/** What no waiting mends: somebody has to change the tenant's set-up, or ours. Said now and then, however much mail waits. */
export function createTenantAlarms(log: Log): TenantAlarms {
  const raised = new Map<string, Instant>();

  function raise(organisationId: string, alarm: string, reply: string, now: Instant): void {
    const key = `${organisationId} ${alarm}`;
    if (now - (raised.get(key) ?? -ALARM_AGAIN) < ALARM_AGAIN) return;
    raised.set(key, now);
    log.error(alarm, { organisationId, reply });
  }

  return {
    learn(organisationId, results, now) {
      for (const { outcome } of results) {
        const reply = describeOutcome(outcome);
        if (outcome.kind === 'network' && outcome.failure === 'tls')
          raise(
            organisationId,
            'TLS with Office 365 cannot be verified; nothing is sent in clear',
            reply,
            now,
          );
        if (assessOutcome(outcome).class === 'connector-broken')
          raise(
            organisationId,
            'Office 365 refuses us: the inbound connector is broken',
            reply,
            now,
          );
      }
    },
  };
}
