import type { Actor, Ports } from '@holdfast/application';
import { ADMINISTRATOR_ROLES, mayDo, type AdministratorRole } from '@holdfast/domain';
import { TRPCError } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../refusal-of.ts';
import { PROCEDURE_DUTIES } from './procedure-duties.ts';
import { createAdminRouter } from './router.ts';

const router = createAdminRouter();
const paths = Object.keys(router._def.procedures).toSorted();

/** Whatever gets past the check fails at the first port it touches. */
const ports = new Proxy({} as Ports, {
  get: (_ports, name) => {
    if (name === 'identifiers') return { uuid: () => 'error-id' };
    if (name === 'log') return { error: () => undefined };
    throw new Error('reached a port');
  },
});

async function codeAs(role: AdministratorRole, path: string): Promise<string> {
  const actor: Extract<Actor, { kind: 'administrator' }> = {
    kind: 'administrator',
    organisationId: '0199b2a0-0000-7000-8000-00000000000a',
    administratorId: '0199b2a0-0000-7000-8000-00000000000b',
    email: `${role}@contoso.example`,
    role,
    ip: '192.0.2.1',
  };
  const caller = router.createCaller({
    ports,
    actor,
    ip: '192.0.2.1',
    startSession: () => undefined,
    endSession: () => undefined,
    sessionToken: null,
  }) as unknown as Record<string, Record<string, (input?: unknown) => Promise<unknown>>>;
  const [area = '', name = ''] = path.split('.');
  try {
    await caller[area]?.[name]?.({});
    return 'answered';
  } catch (error) {
    return error instanceof TRPCError ? refusalOf(error.cause ?? error, ports).code : 'thrown';
  }
}

describe('every procedure of the console', () => {
  test('has a decision about who may call it, and no decision is left over', () => {
    expect(Object.keys(PROCEDURE_DUTIES).toSorted()).toEqual(paths);
  });

  test.each(ADMINISTRATOR_ROLES)(
    'is refused to the %s exactly where the table says so',
    async (role) => {
      const wrong: string[] = [];
      for (const [path, duty] of Object.entries(PROCEDURE_DUTIES)) {
        const refused = (await codeAs(role, path)) === 'role.not-allowed';
        if (refused !== (duty !== null && !mayDo(role, duty))) wrong.push(path);
      }
      expect(wrong).toEqual([]);
    },
  );

  test('that changes anything is open to no auditor but signing out', () => {
    const mutations = Object.entries(router._def.procedures as Record<string, unknown>)
      .filter(([, procedure]) => isMutation(procedure))
      .map(([path]) => path)
      .filter((path) => {
        const duty = PROCEDURE_DUTIES[path] ?? null;
        return duty !== null && mayDo('auditor', duty);
      });
    expect(mutations).toEqual(['session.signOut']);
  });

  test('of queue, trace, lists, domains, connection and events is closed to the helpdesk', () => {
    const areas = ['mailFlow', 'security', 'domains', 'cutOver', 'connection', 'exchange'];
    const open = Object.entries(PROCEDURE_DUTIES).filter(
      ([path, duty]) =>
        areas.includes(path.split('.')[0] ?? '') && duty !== null && mayDo('helpdesk', duty),
    );
    expect(open).toEqual([]);
    for (const path of ['event.start', 'event.end', 'event.undo'])
      expect(mayDo('helpdesk', PROCEDURE_DUTIES[path] ?? 'own')).toBe(false);
  });
});

function isMutation(procedure: unknown): boolean {
  const { _def } = procedure as { readonly _def: { readonly type?: string } };
  return _def.type === 'mutation';
}
