import type { AdminCaller, OrganisationHandle, World } from './testing/world.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONTOSO_TENANT, FABRIKAM_TENANT, ROLES } from './testing/fake-entra.ts';
import { refusalFrom } from './testing/refusal.ts';
import { CREDENTIALS, installEveryone } from './testing/set-up.ts';
import { createWorld } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
let other: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
  other = await world.organisation('Other');
});
afterEach(() => world.close());

const MINUTE = 60_000;
type Answer = Parameters<AdminCaller['connection']['finishConsent']>[0];

/** What Entra ID sends the browser back with when an administrator of `tenant` accepts. */
const accepted = (state: string, tenant = CONTOSO_TENANT): Answer => ({
  state,
  tenant,
  adminConsent: true,
  error: null,
  errorDescription: null,
});

async function start(
  handle: OrganisationHandle = contoso,
  tiers: readonly ('read' | 'configure' | 'mailbox')[] = ['read', 'configure'],
): Promise<{ readonly state: string; readonly url: URL }> {
  const answer = await handle.console.connection.startConsent({
    tenant: 'contoso.example',
    tiers: [...tiers],
  });
  const url = new URL(answer.url);
  return { url, state: url.searchParams.get('state') ?? '' };
}

/** What happens on Microsoft's page. */
function admit(tenant = CONTOSO_TENANT, clientId = 'holdfast-configure'): void {
  world.tenant.entra.admitted.set(`${tenant} ${clientId}`, ROLES.configure);
}

const auditOf = (handle: OrganisationHandle) =>
  world.ports.database.withinOrganisation(handle.id, (r) => r.audit.recent(50));

describe('admitting Holdfast’s application', () => {
  test('goes to the page of the tenant that was named, for the tiers that were chosen, and comes back connected', async () => {
    const { url, state } = await start();
    expect(url.pathname).toBe(`/${CONTOSO_TENANT}/v2.0/adminconsent`);
    expect(url.searchParams.get('client_id')).toBe('holdfast-configure');
    expect(url.searchParams.get('redirect_uri')).toBe(
      'https://admin.holdfast.example/m365/consent',
    );
    expect(state.length).toBeGreaterThanOrEqual(43);
    admit();
    const view = await contoso.console.connection.finishConsent(accepted(state));
    expect(view).toMatchObject({
      connected: true,
      mode: 'consent',
      proof: null,
      tenantId: CONTOSO_TENANT,
      tiers: ['read', 'configure'],
    });
    const actions = (await auditOf(contoso)).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['connection.consent-started', 'connection.saved']),
    );
  });

  test('keeps the state nowhere, and the secret of the application out of answers and rows', async () => {
    const { state } = await start();
    admit();
    const view = await contoso.console.connection.finishConsent(accepted(state));
    const rows = await world.ports.database.withinOrganisation(contoso.id, async (r) => [
      await r.consents.byState(world.ports.secrets.hashToken(state)),
      await r.connection.get(),
      await r.audit.recent(50),
    ]);
    const text = JSON.stringify([view, rows]);
    expect(text).not.toContain(state);
    expect(text).not.toContain('the secret of our own application');
  });

  test('works afterwards like any connection, with the application’s own proof', async () => {
    const { state } = await start();
    admit();
    await contoso.console.connection.finishConsent(accepted(state));
    await contoso.console.directory.refresh();
    await world.runJobs();
    expect((await contoso.console.directory.state()).latest).toMatchObject({ state: 'done' });
  });

  test('a tenant that Microsoft does not know is said at the field', async () => {
    const refusal = await refusalFrom(
      contoso.console.connection.startConsent({ tenant: 'nobody.example', tiers: ['read'] }),
    );
    expect(refusal.code).toBe('input.invalid');
    expect(refusal.fields).toHaveProperty('tenant');
  });
});

describe('an answer that is not believed', () => {
  const refused = async (answer: Answer, by = contoso.console): Promise<string> =>
    (await refusalFrom(by.connection.finishConsent(answer))).code;
  afterEach(async () => {
    expect(await contoso.console.connection.get()).toMatchObject({ connected: false });
    expect(await other.console.connection.get()).toMatchObject({ connected: false });
  });

  test('with a state that nobody was given', async () => {
    await start();
    admit();
    expect(await refused(accepted('made-up'))).toBe('consent.state-invalid');
  });

  test('from another administrator of the same organisation', async () => {
    const { state } = await start();
    admit();
    const colleague = world.caller({
      ...contoso.actor,
      administratorId: world.ports.identifiers.uuid(),
    });
    expect(await refused(accepted(state), colleague)).toBe('consent.state-invalid');
  });

  test('from an administrator of another organisation', async () => {
    const { state } = await start();
    admit();
    expect(await refused(accepted(state), other.console)).toBe('consent.state-invalid');
  });

  test('after fifteen minutes', async () => {
    const { state } = await start();
    admit();
    world.advance(15 * MINUTE);
    expect(await refused(accepted(state))).toBe('consent.expired');
    expect(await refused(accepted(state))).toBe('consent.state-invalid');
  });

  test('naming another tenant than the one that was asked for', async () => {
    const { state } = await start();
    admit(FABRIKAM_TENANT);
    expect(await refused(accepted(state, FABRIKAM_TENANT))).toBe('consent.wrong-tenant');
  });

  test('naming the right tenant, without its consent', async () => {
    const { state } = await start();
    expect(await refused(accepted(state))).toBe('connection.failed');
  });

  test('when the token is for another tenant', async () => {
    const { state } = await start();
    admit();
    world.tenant.entra.tokenTenant = FABRIKAM_TENANT;
    expect(await refused(accepted(state))).toBe('consent.wrong-tenant');
  });

  test('when the tenant had admitted us before anybody here asked', async () => {
    admit();
    const { state } = await start();
    expect(await refused(accepted(state))).toBe('consent.not-proven');
    // Nor does a second attempt make it so.
    const again = await start();
    expect(await refused(accepted(again.state))).toBe('consent.not-proven');
  });

  test('while another organisation asks for the same tenant', async () => {
    const theirs = await start(other);
    const { state } = await start();
    admit();
    expect(await refused(accepted(theirs.state), other.console)).toBe('consent.not-proven');
    expect(await refused(accepted(state))).toBe('consent.not-proven');
  });

  test('and each refusal is in the audit log with its reason', async () => {
    const { state } = await start();
    await refused(accepted(state, FABRIKAM_TENANT));
    expect(await auditOf(contoso)).toContainEqual(
      expect.objectContaining({
        action: 'connection.consent-refused',
        details: { code: 'consent.wrong-tenant' },
      }),
    );
  });

  const answers: readonly (readonly [string, string, string, string, RegExp])[] = [
    ['declined', 'access_denied', 'AADSTS65004: Declined.', 'consent.declined', /was declined/],
    ['declined without a code', 'access_denied', '', 'consent.declined', /was declined/],
    ['not an administrator', 'access_denied', 'AADSTS90094: X.', 'consent.failed', /Global Admin/],
    ['may not consent', 'access_denied', 'AADSTS90093: X.', 'consent.failed', /Global Admin/],
    ['badly registered', 'invalid_client', 'AADSTS650056: X.', 'consent.failed', /operator/],
    ['still busy', 'server_error', 'AADSTS650051: X.', 'consent.failed', /minute/],
    ['something new', 'server_error', 'AADSTS99: New. Trace ID: 1', 'consent.failed', /99: New\.$/],
  ];
  test.each(answers)('%s', async (_name, error, errorDescription, code, words) => {
    const { state } = await start();
    const answer = { ...accepted(state), adminConsent: false, tenant: null, error };
    const refusal = await refusalFrom(
      contoso.console.connection.finishConsent({ ...answer, errorDescription }),
    );
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(words);
  });
});

describe('an answer that has been used', () => {
  test('is good for nothing any more', async () => {
    const { state } = await start();
    admit();
    await contoso.console.connection.finishConsent(accepted(state));
    const refusal = await refusalFrom(contoso.console.connection.finishConsent(accepted(state)));
    expect(refusal.code).toBe('consent.state-invalid');
  });

  test('counts once when it comes twice at the same time', async () => {
    const { state } = await start();
    admit();
    const both = await Promise.allSettled([
      contoso.console.connection.finishConsent(accepted(state)),
      contoso.console.connection.finishConsent(accepted(state)),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('whose the tenant is', () => {
  test('a tenant of another organisation is refused before anybody is sent away', async () => {
    await contoso.console.connection.connect(CREDENTIALS);
    const refusal = await refusalFrom(start(other));
    expect(refusal.code).toBe('connection.tenant-taken');
  });

  test('and afterwards too, should it have been connected meanwhile', async () => {
    const { state } = await start(other);
    admit();
    await contoso.console.connection.connect(CREDENTIALS);
    const refusal = await refusalFrom(other.console.connection.finishConsent(accepted(state)));
    expect(refusal.code).toBe('connection.tenant-taken');
  });

  test('a tenant that had admitted us is taken by an installation that has one organisation', async () => {
    await world.close();
    world = await createWorld();
    contoso = await world.organisation('Contoso');
    admit();
    const { state } = await start();
    const view = await contoso.console.connection.finishConsent(accepted(state));
    expect(view).toMatchObject({ connected: true });
  });

  test('who has it may grant more later, and goes over from an application of their own', async () => {
    await contoso.console.connection.connect(CREDENTIALS);
    const { state, url } = await start(contoso, ['read', 'configure', 'mailbox']);
    expect(url.searchParams.get('client_id')).toBe('holdfast-all');
    admit(CONTOSO_TENANT, 'holdfast-all');
    const view = await contoso.console.connection.finishConsent(accepted(state));
    expect(view).toMatchObject({ mode: 'consent', tiers: ['read', 'configure', 'mailbox'] });
  });

  test('an installed organisation keeps its tenant', async () => {
    await installEveryone(world, contoso);
    const refusal = await refusalFrom(
      contoso.console.connection.startConsent({ tenant: 'fabrikam.example', tiers: ['read'] }),
    );
    expect(refusal.code).toBe('installation.already-done');
  });
});
