import { describe, expect, test } from 'vitest';
import { completeTiers, missingPermissions, TENANT_PERMISSIONS } from './tenant-permission.ts';

const names = (permissions: readonly { readonly name: string }[]): readonly string[] =>
  permissions.map(({ name }) => name);

describe('permissions of the tenant', () => {
  test('what is missing is named for the tiers that were asked for, and for no others', () => {
    const granted = { graph: ['User.Read.All', 'MailboxSettings.Read'], exchange: [] };
    expect(names(missingPermissions(['read'], granted))).toEqual([
      'Domain.Read.All',
      'Organization.Read.All',
      'GroupMember.Read.All',
      'OrgContact.Read.All',
      'ServiceHealth.Read.All',
    ]);
    expect(names(missingPermissions(['configure'], granted))).toEqual([
      'Exchange.ManageAsApp',
      'ExchangeMessageTrace.Read.All',
    ]);
  });

  test('a wider permission stands for the narrower ones within it', () => {
    const granted = {
      graph: ['Directory.Read.All', 'MailboxSettings.ReadWrite', 'ServiceHealth.Read.All'],
      exchange: [],
    };
    expect(missingPermissions(['read'], granted)).toEqual([]);
  });

  test('a permission counts for its own resource only', () => {
    const graph = ['Exchange.ManageAsApp', 'ExchangeMessageTrace.Read.All'];
    const granted = { graph, exchange: [] };
    expect(names(missingPermissions(['configure'], granted))).toEqual(['Exchange.ManageAsApp']);
  });

  test('every tier includes the reading one', () => {
    expect(completeTiers([])).toEqual(['read']);
    expect(completeTiers(['mailbox'])).toEqual(['read', 'mailbox']);
  });

  test('nothing is asked for twice', () => {
    expect(new Set(names(TENANT_PERMISSIONS)).size).toBe(TENANT_PERMISSIONS.length);
  });
});
