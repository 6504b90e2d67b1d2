import { createAdminRouter, type AdminContext } from '@holdfast/api';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FABRIKAM_TENANT } from './testing/fake-entra.ts';
import { refusalFrom } from './testing/refusal.ts';
import { connectAndSync, CREDENTIALS, idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type World } from './testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const OPEN_TO_ALL = ['session.me', 'session.signIn', 'session.setUp', 'session.join'];

async function request(
  context: Partial<AdminContext>,
  path: string,
  input: unknown,
): Promise<{ readonly status: number; readonly text: string; readonly appError: unknown }> {
  const response = await fetchRequestHandler({
    endpoint: '/trpc',
    router: createAdminRouter(),
    req: new Request(`http://localhost/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    }),
    createContext: () => ({
      ports: world.ports,
      actor: null,
      ip: '192.0.2.1',
      language: 'en',
      setLanguage: () => undefined,
      startSession: () => undefined,
      endSession: () => undefined,
      sessionToken: null,
      ...context,
    }),
  });
  const text = await response.text();
  const body = JSON.parse(text) as { error?: { data?: { appError?: unknown } } };
  return { status: response.status, text, appError: body.error?.data?.appError };
}

describe('the API', () => {
  test('answers nothing without a session, whatever the procedure', async () => {
    const paths = Object.keys(createAdminRouter()._def.procedures);
    expect(paths.length).toBeGreaterThan(20);
    const anonymous = world.caller(null) as unknown as Record<
      string,
      Record<string, (input?: unknown) => Promise<unknown>>
    >;
    const answers: Record<string, string> = {};
    for (const path of paths) {
      const [area = '', name = ''] = path.split('.');
      const call = anonymous[area]?.[name];
      if (call === undefined) throw new Error(`${path} cannot be called`);
      if (!OPEN_TO_ALL.includes(path)) answers[path] = (await refusalFrom(call())).code;
    }
    expect(new Set(Object.values(answers))).toEqual(new Set(['session.required']));
  });

  test('carries code, sentence and status of a refusal', async () => {
    const { status, appError } = await request({}, 'session.signIn', {
      email: 'nobody@contoso.example',
      password: 'wrong',
    });
    expect(status).toBe(401);
    expect(appError).toMatchObject({ code: 'session.wrong-credentials' });
  });

  test('names the fields that cannot be used', async () => {
    const { status, appError } = await request({}, 'session.setUp', {
      token: 'x'.repeat(40),
      organisation: 'Contoso',
      name: 'Olga',
      email: 'olga@contoso.example',
      password: 'short',
    });
    expect(status).toBe(400);
    expect(appError).toMatchObject({ code: 'input.invalid' });
    expect(appError).toHaveProperty('fields.password');
  });

  test('gives nothing away about what nobody foresaw, and logs it under an id', async () => {
    const { actor } = await world.organisation('Contoso');
    const broken = { ...world.ports.database };
    broken.withinOrganisation = () => Promise.reject(new Error('column "secret" does not exist'));
    const ports = { ...world.ports, database: broken };
    const { status, text, appError } = await request({ ports, actor }, 'directory.refresh', {});
    expect(status).toBe(500);
    expect(text).not.toContain('secret');
    expect(text).not.toContain('.ts');
    expect(appError).toMatchObject({ code: 'internal' });
    const [logged] = world.errors;
    expect(JSON.stringify(logged)).toContain('column');
    expect(text).toContain(String(logged?.['errorId']));
  });
});

describe('a second organisation', () => {
  test('sees and changes nothing of the first (invariant 8)', async () => {
    const contoso = await world.organisation('Contoso');
    const fabrikam = await world.organisation('Fabrikam');
    await installEveryone(world, contoso);
    await contoso.console.security.add({ kind: 'block', values: ['bad.example'] });
    expect((await fabrikam.console.users.list({})).total).toBe(0);
    expect(await fabrikam.console.domains.list()).toEqual([]);
    expect((await fabrikam.console.security.lists()).entries).toEqual([]);
    expect(await fabrikam.console.connection.get()).toMatchObject({ connected: false });
    expect((await fabrikam.console.overview.get()).coverage.protected).toBe(0);

    const { entries } = await contoso.console.security.lists();
    await fabrikam.console.security.remove({ ids: entries.map(({ id }) => id) });
    expect((await contoso.console.security.lists()).entries).toHaveLength(entries.length);
  });

  test('cannot connect the first one’s tenant', async () => {
    const contoso = await world.organisation('Contoso');
    await connectAndSync(world, contoso);
    const fabrikam = await world.organisation('Fabrikam');
    const refusal = await refusalFrom(
      fabrikam.console.connection.connect({ ...CREDENTIALS, tenantId: 'contoso.example' }),
    );
    expect(refusal.code).toBe('connection.tenant-taken');
    expect(refusal.message).toContain('another organisation');
  });

  test('cannot name the first one’s users', async () => {
    const contoso = await world.organisation('Contoso');
    await installEveryone(world, contoso);
    const ada = await idOf(contoso, 'ada');
    const fabrikam = await world.organisation('Fabrikam');
    world.tenant.entra.tokenTenant = FABRIKAM_TENANT;
    world.tenant.profile = { displayName: 'Fabrikam', initialDomain: 'fabrikam.onmicrosoft.com' };
    world.tenant.reading = {
      ...world.tenant.reading,
      domains: world.tenant.reading.domains.map((domain) => ({
        ...domain,
        name: domain.name.replace('contoso', 'fabrikam'),
      })),
      objects: [],
    };
    await connectAndSync(world, fabrikam);
    const install = fabrikam.console.installation.install({
      protect: { kind: 'users', userIds: [ada] },
      protectNewUsers: false,
    });
    expect((await refusalFrom(install)).code).toBe('users.unknown');
  });
});
