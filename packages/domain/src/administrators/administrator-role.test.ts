import { describe, expect, test } from 'vitest';
import {
  ADMINISTRATOR_ROLES,
  decideRole,
  mayDo,
  type AdminDuty,
  type AdministratorRole,
} from './administrator-role.ts';

const can = (duty: AdminDuty): readonly AdministratorRole[] =>
  ADMINISTRATOR_ROLES.filter((role) => mayDo(role, duty));

describe('a role', () => {
  test.each<[AdminDuty, readonly AdministratorRole[]]>([
    ['own-session', ['owner', 'administrator', 'helpdesk', 'auditor']],
    ['see-people', ['owner', 'administrator', 'helpdesk', 'auditor']],
    ['look', ['owner', 'administrator', 'auditor']],
    ['help-users', ['owner', 'administrator', 'helpdesk']],
    ['operate', ['owner', 'administrator']],
    ['own', ['owner']],
  ])('%s is for %s', (duty, roles) => {
    expect(can(duty)).toEqual(roles);
  });
});

describe('the last owner', () => {
  const olga = { id: 'olga', role: 'owner' as const };
  const adam = { id: 'adam', role: 'administrator' as const };

  test('stays one: nobody could make another', () => {
    expect(decideRole([olga, adam], 'olga', 'administrator')).toBe('last-owner');
    expect(decideRole([olga, adam], 'olga', null)).toBe('last-owner');
    expect(decideRole([olga, adam], 'olga', 'owner')).toBeNull();
  });

  test('may go once there is another', () => {
    expect(decideRole([olga, { ...adam, role: 'owner' }], 'olga', null)).toBeNull();
    expect(decideRole([olga, adam], 'adam', null)).toBeNull();
  });

  test('and who is not there cannot be changed', () => {
    expect(decideRole([olga], 'nobody', 'helpdesk')).toBe('unknown');
  });
});
