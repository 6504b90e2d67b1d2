import { describe, expect, it } from 'vitest';
import { folderInTenant, placeFolders, type TenantFolder } from './mail-folder.ts';

const folder = (
  id: string,
  parentId: string | null = 'root',
  change: Partial<TenantFolder> = {},
): TenantFolder => ({ id, parentId, wellKnown: null, isHidden: false, ...change });

describe('where a folder of Office 365 is shown', () => {
  it('is where the folder lies that it is in', () => {
    const placed = placeFolders([
      folder('posteingang', 'root', { wellKnown: 'inbox' }),
      folder('rechnungen', 'posteingang'),
      folder('2026', 'rechnungen'),
      folder('gesendet', 'root', { wellKnown: 'sentitems' }),
      folder('projekte'),
      folder('alpha', 'projekte'),
      folder('papierkorb', 'root', { wellKnown: 'deleteditems' }),
      folder('alt', 'papierkorb'),
    ]);
    expect(Object.fromEntries(placed)).toEqual({
      posteingang: 'inbox',
      rechnungen: 'inbox',
      '2026': 'inbox',
      gesendet: 'sent',
      projekte: 'archive',
      alpha: 'archive',
      papierkorb: 'deleted',
      alt: 'deleted',
    });
  });

  it('is nowhere for drafts, logs, what is hidden, and what lies in such', () => {
    const placed = placeFolders([
      folder('entwürfe', 'root', { wellKnown: 'drafts' }),
      folder('sync', 'root', { wellKnown: 'syncissues' }),
      folder('konflikte', 'sync'),
      folder('hidden', 'root', { isHidden: true }),
      folder('below', 'hidden'),
    ]);
    expect([...placed]).toEqual([]);
  });

  it('is found however folders refer to each other', () => {
    const placed = placeFolders([folder('a', 'b'), folder('b', 'a')]);
    expect(placed.size).toBe(2);
  });
});

describe('where a message goes that was moved here', () => {
  it('is the folder of the same meaning, and none for what is written', () => {
    expect(folderInTenant('deleted')).toBe('deleteditems');
    expect(folderInTenant('archive')).toBe('archive');
    expect(folderInTenant('sent')).toBeNull();
  });
});
