import { assessClaim, CLAIM_WINDOW } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import type { ConsentRecord } from '../ports/repositories/consent-repository.ts';
import { Refusal } from '../refusal.ts';
import type { ConnectionRecord } from '../records/organisation.ts';
import { refusalOfAnswer, type ConsentAnswer } from './consent-answer.ts';
import { ownApplication } from './own-application.ts';
import { saveConnection } from './save-connection.ts';
import { refuseTenantFailure } from './tenant-failure-words.ts';

type Administrator = Extract<Actor, { kind: 'administrator' }>;

/**
 * Takes what Entra ID sent an administrator back with. The state must be one that the same administrator was given, unused
 * and not too old; the returned tenant is compared and never believed: what counts is a token of the tenant that was named
 * before. Refuses: `consent.state-invalid`, `consent.expired`, `consent.declined`, `consent.failed`,
 * `consent.wrong-tenant`, `consent.not-proven`, and what `saveConnection` does.
 */
export async function finishConsent(
  ports: Ports,
  actor: Administrator,
  answer: ConsentAnswer,
): Promise<ConnectionRecord> {
  const attempt = await takeAttempt(ports, actor, answer.state);
  try {
    const refusal = refusalOfAnswer(answer) ?? refusalOfTenant(attempt, answer.tenant);
    if (refusal !== null) throw refusal;
    return await saveConnection(ports, actor, await proveTenant(ports, actor, attempt));
  } catch (error) {
    if (error instanceof Refusal) await recordRefusal(ports, actor, attempt.tenantId, error.code);
    throw error;
  }
}

/** Uses the attempt up, whatever becomes of it: a state is good for one answer. */
async function takeAttempt(
  ports: Ports,
  actor: Administrator,
  state: string,
): Promise<ConsentRecord> {
  const now = ports.clock.now();
  const stateHash = ports.secrets.hashToken(state);
  const taken = await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const found = await r.consents.byState(stateHash);
    const own = found !== null && found.administratorId === actor.administratorId;
    return own && (await r.consents.use(found.id, now)) ? found : null;
  });
  if (taken === null) {
    await recordRefusal(ports, actor, 'unknown', 'consent.state-invalid');
    throw new Refusal(
      'consent.state-invalid',
      'This answer belongs to no consent that you have started here and not finished yet. Start again on the Connection page.',
    );
  }
  if (taken.expiresAt > now) return taken;
  await recordRefusal(ports, actor, taken.tenantId, 'consent.expired');
  throw new Refusal(
    'consent.expired',
    'More than 15 minutes went by on Microsoft’s page. Nothing was connected. Start again.',
  );
}

function refusalOfTenant(attempt: ConsentRecord, tenant: string | null): Refusal | null {
  if (tenant?.toLowerCase() === attempt.tenantId) return null;
  return new Refusal(
    'consent.wrong-tenant',
    `The consent came from another tenant than ${attempt.tenantName}. Sign in on Microsoft’s page with an administrator of ${attempt.tenantName}, or name the other tenant.`,
  );
}

/** A token of the named tenant, whose own `tid` says so, and reason to believe that the consent is this organisation's. */
async function proveTenant(
  ports: Ports,
  actor: Administrator,
  { tenantId, clientId, tenantName }: ConsentRecord,
): Promise<ConnectionRecord> {
  const application = ownApplication(ports, clientId);
  const credentials: TenantCredentials = { tenantId, clientId, proof: application.proof };
  const grant = await refuseTenantFailure(() => ports.consent.awaitGrant(credentials));
  if (grant.tenantId !== tenantId)
    throw new Refusal(
      'consent.wrong-tenant',
      `Microsoft’s token is for another tenant than ${tenantName}. Nothing was connected.`,
    );
  await refuseUnprovenClaim(ports, actor, tenantId, tenantName);
  const profile = await refuseTenantFailure(() => ports.directory.profile(credentials));
  const now = ports.clock.now();
  return {
    tenantId,
    clientId,
    mode: 'consent',
    proof: null,
    tiers: application.tiers,
    granted: { ...grant.granted, at: now },
    refused: null,
    ...profile,
    connectedAt: now,
    preflight: null,
  };
}

async function refuseUnprovenClaim(
  ports: Ports,
  { organisationId }: Administrator,
  tenantId: string,
  tenantName: string,
): Promise<void> {
  const since = ports.clock.now() - CLAIM_WINDOW;
  const facts = await ports.database.acrossOrganisations(async (system) => ({
    owner: await system.tenantOwner({ tenantId, initialDomain: null }),
    organisations: await system.organisations(),
    attempts: await system.consentAttempts(tenantId, since),
  }));
  const claim = assessClaim({
    organisationId,
    ownsTenant: facts.owner === organisationId,
    onlyOrganisation: facts.organisations.length === 1,
    attempts: facts.attempts,
  });
  if (claim.ok) return;
  throw new Refusal('consent.not-proven', claimWords(claim.reason, tenantName));
}

function claimWords(reason: 'admitted-before' | 'contested', tenantName: string): string {
  switch (reason) {
    case 'admitted-before':
      return `${tenantName} had admitted Holdfast before you asked, so the consent does not show that the tenant is yours. Remove Holdfast in Entra under Enterprise applications, wait a minute, and start again here.`;
    case 'contested':
      return `Another organisation of this installation has asked for ${tenantName} within the last day, so it cannot be told whose consent this is. Ask the operator of this installation.`;
  }
}

async function recordRefusal(
  ports: Ports,
  actor: Administrator,
  subject: string,
  code: string,
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.audit.append(auditEntry(ports, actor, 'connection.consent-refused', subject, { code })),
  );
}
