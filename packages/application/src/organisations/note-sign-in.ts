import { auditEntry, systemActor } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { TenantFailure } from '../ports/office365/tenant-credentials.ts';
import type { ConnectionRefused } from '../records/organisation.ts';

/**
 * Keeps since when Microsoft no longer lets us in, and when it does again. Consent taken back, secret run out, application
 * disabled: it says nothing about the health of Office 365, and mail, events and emergency mailboxes go on without it.
 * `failure` null: the sign-in worked.
 */
export async function noteSignIn(
  ports: Pick<Ports, 'clock' | 'database' | 'log'>,
  organisationId: string,
  failure: TenantFailure | null,
): Promise<void> {
  const code = failure === null ? null : definiteCode(failure);
  // Microsoft could not be asked: what was known stands.
  if (failure !== null && code === null) return;
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const seen = await r.connection.get();
    if (seen === null || (seen.refused === null) === (code === null)) return;
    await r.organisation.lock();
    const connection = await r.connection.get();
    if (connection === null || (connection.refused === null) === (code === null)) return;
    const refused: ConnectionRefused | null =
      code === null || failure === null
        ? null
        : { since: ports.clock.now(), code, detail: failure.detail };
    await r.connection.save({ ...connection, refused });
    const action = refused === null ? 'connection.admitted-again' : 'connection.refused';
    const actor = systemActor(organisationId);
    const details = refused === null ? {} : { code: refused.code, detail: refused.detail };
    await r.audit.append(auditEntry(ports, actor, action, connection.tenantId, details));
    ports.log.warn(
      refused === null ? 'microsoft lets us in again' : 'microsoft no longer lets us in',
      { organisationId, ...details },
    );
  });
}

/** What Entra ID has decided, as opposed to what it could not answer. */
function definiteCode({ code }: TenantFailure): ConnectionRefused['code'] | null {
  switch (code) {
    case 'sign-in-failed':
    case 'not-consented':
    case 'tenant-unknown':
      return code;
    case 'unreachable':
    case 'forbidden':
    case 'not-found':
    case 'throttled':
    case 'unavailable':
    case 'unexpected':
      return null;
  }
}
