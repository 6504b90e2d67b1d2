import { describe, expect, it } from 'vitest';
import {
  folderInTenant,
  nameOwnFolders,
  ownFoldersNamed,
  placeFolders,
  type TenantFolder,
} from './mail-folder.ts';

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

describe('the name of a folder', () => {
  const named = (...parts: Parameters<typeof folder>) => ({
    ...folder(...parts),
    name: ` ${parts[0].toUpperCase()} `,
  });

  it('is said of those that people have made, below the Inbox and beside it, with the names above it', () => {
    const names = nameOwnFolders([
      named('posteingang', 'root', { wellKnown: 'inbox' }),
      named('rechnungen', 'posteingang'),
      named('2026', 'rechnungen'),
      named('archiv', 'root', { wellKnown: 'archive' }),
      named('papierkorb', 'root', { wellKnown: 'deleteditems' }),
      named('alt', 'papierkorb'),
      named('a', 'b'),
      named('b', 'a'),
      { ...folder('quoted'), name: 'The “old” one' },
      { ...folder('nameless'), name: ' ' },
    ]);
    expect(Object.fromEntries(names)).toEqual({
      rechnungen: 'RECHNUNGEN',
      '2026': 'RECHNUNGEN / 2026',
      a: expect.stringContaining('A'),
      b: expect.stringContaining('B'),
      quoted: 'The ’old’ one',
    });
  });

  it('finds it whole, else by its last part, whatever the case', () => {
    const folders = ['Projects', 'Old / Projects', 'Old / Alpha'].map((name) => ({ name }));
    expect(ownFoldersNamed(folders, 'projects')).toEqual([{ name: 'Projects' }]);
    expect(ownFoldersNamed(folders, 'ALPHA')).toEqual([{ name: 'Old / Alpha' }]);
    expect(ownFoldersNamed(folders, 'old')).toEqual([]);
  });
});

describe('where a message goes that was moved here', () => {
  it('is the folder of the same meaning, and none for what is written', () => {
    expect(folderInTenant('deleted')).toBe('deleteditems');
    expect(folderInTenant('archive')).toBe('archive');
    expect(folderInTenant('sent')).toBeNull();
  });
});
