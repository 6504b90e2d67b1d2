import {
  applicationFor,
  CLAIM_WINDOW,
  completeTiers,
  CONSENT_VALID_FOR,
  type Instant,
  type PermissionTier,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OwnApplication } from '../ports/office365/tenant-consent.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import { Refusal } from '../refusal.ts';
import { randomToken } from '../sessions/random-token.ts';
import { otherTenant, refuseTenantOfAnother } from './save-connection.ts';
import { refuseTenantFailure } from './tenant-failure-words.ts';

export interface StartConsentInput {
  /** A domain or the id of the tenant. */
  readonly tenant: string;
  readonly tiers: readonly PermissionTier[];
}

/**
 * Sends an administrator to Entra ID to admit Holdfast's application to their tenant. What comes back counts for the same
 * administrator and organisation only, once, for fifteen minutes. Refuses: `consent.unavailable`, `input.invalid` for an
 * unknown tenant, and what `saveConnection` would refuse.
 */
export async function startConsent(
  ports: Ports,
  actor: Extract<Actor, { kind: 'administrator' }>,
  { tenant, tiers }: StartConsentInput,
): Promise<{ readonly url: string; readonly expiresAt: Instant }> {
  const application = applicationFor(ports.consent.applications, completeTiers(tiers));
  if (application === null) throw consentUnavailable();
  const tenantName = tenant.trim().toLowerCase();
  const tenantId = await findTenant(ports, tenantName);
  await refuseTenant(ports, actor, tenantId);
  const admittedBefore = await isAdmitted(ports, application, tenantId);
  const state = randomToken(ports.identifiers);
  const startedAt = ports.clock.now();
  const expiresAt = startedAt + CONSENT_VALID_FOR;
  const { clientId } = application;
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.consents.start(
      {
        id: ports.identifiers.uuid(),
        stateHash: ports.secrets.hashToken(state),
        administratorId: actor.administratorId,
        tenantId,
        tenantName,
        clientId,
        tiers: application.tiers,
        admittedBefore,
        startedAt,
        expiresAt,
        usedAt: null,
      },
      startedAt - CLAIM_WINDOW,
    );
    const details = { tenantName, clientId, tiers: application.tiers, admittedBefore };
    await r.audit.append(auditEntry(ports, actor, 'connection.consent-started', tenantId, details));
  });
  const redirectUri = consentRedirect(ports.settings.adminUrl);
  return { url: ports.consent.consentUrl({ tenantId, clientId, redirectUri, state }), expiresAt };
}

/** The address that must be registered with the application as a redirect URI. */
export function consentRedirect(adminUrl: string): string {
  return `${adminUrl.replace(/\/+$/, '')}/m365/consent`;
}

function consentUnavailable(): Refusal {
  return new Refusal(
    'consent.unavailable',
    'This installation has no application of its own that your tenant could admit. Connect with one that you register yourself, or ask the operator to set HOLDFAST_APPLICATION_ID.',
  );
}

async function findTenant(ports: Pick<Ports, 'consent'>, name: string): Promise<string> {
  try {
    return await ports.consent.findTenant(name);
  } catch (error) {
    if (!(error instanceof TenantError) || error.failure.code !== 'tenant-unknown')
      return refuseTenantFailure(() => Promise.reject(error));
    const sentence = `Microsoft knows no tenant with “${name}”. Give a domain of your organisation, such as contoso.com.`;
    throw new Refusal('input.invalid', sentence, { tenant: sentence });
  }
}

async function refuseTenant(ports: Ports, actor: Actor, tenantId: string): Promise<void> {
  const { organisationId } = actor;
  await refuseTenantOfAnother(ports, organisationId, { tenantId, initialDomain: null });
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const [{ installedAt }, before] = [await r.organisation.get(), await r.connection.get()];
    // One that was connected by a domain name in place of an id is compared when it comes back.
    if (before === null || before.tenantId === tenantId || !isGuid(before.tenantId)) return;
    if (installedAt !== null) throw otherTenant(before);
  });
}

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

async function isAdmitted(
  ports: Pick<Ports, 'consent'>,
  { clientId, proof }: OwnApplication,
  tenantId: string,
): Promise<boolean> {
  try {
    await ports.consent.readGrant({ tenantId, clientId, proof });
    return true;
  } catch (error) {
    if (error instanceof TenantError && error.failure.code === 'not-consented') return false;
    return refuseTenantFailure(() => Promise.reject(error));
  }
}
