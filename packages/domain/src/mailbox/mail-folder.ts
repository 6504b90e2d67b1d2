/** Folders of an emergency mailbox. */
export const MAIL_FOLDERS = ['inbox', 'sent', 'drafts', 'archive', 'deleted', 'junk'] as const;
export type MailFolder = (typeof MAIL_FOLDERS)[number];

/** Folders of Office 365 that every mailbox has, by the name that Graph knows whatever the language. */
export type WellKnownFolder =
  | 'inbox'
  | 'sentitems'
  | 'drafts'
  | 'archive'
  | 'deleteditems'
  | 'junkemail'
  | 'outbox'
  | 'conversationhistory'
  | 'syncissues';

const BETWEEN_NAMES = ' / ';

export interface TenantFolder {
  readonly id: string;
  readonly parentId: string | null;
  /** Null for a folder that the user has made. */
  readonly wellKnown: WellKnownFolder | null;
  readonly isHidden: boolean;
}

/**
 * Which folders are copied, and where they are shown. A folder is shown where the one that it lies in is: what rules sort
 * below the Inbox is in the Inbox here. Folders beside the Inbox are where people file what is done: Archive. Drafts,
 * and what is on its way or is a log, are not copied.
 */
export function placeFolders(folders: readonly TenantFolder[]): ReadonlyMap<string, MailFolder> {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const placed = new Map<string, MailFolder>();
  for (const folder of folders) {
    const place = placeOf(folder, byId);
    if (place !== null) placed.set(folder.id, place);
  }
  return placed;
}

function placeOf(folder: TenantFolder, byId: ReadonlyMap<string, TenantFolder>): MailFolder | null {
  const seen = new Set<string>();
  let current: TenantFolder | undefined = folder;
  while (current !== undefined && !seen.has(current.id)) {
    if (current.isHidden) return null;
    if (current.wellKnown !== null) return ownPlace(current.wellKnown);
    seen.add(current.id);
    current = current.parentId === null ? undefined : byId.get(current.parentId);
  }
  return 'archive';
}

function ownPlace(name: WellKnownFolder): MailFolder | null {
  switch (name) {
    case 'inbox':
      return 'inbox';
    case 'sentitems':
      return 'sent';
    case 'archive':
      return 'archive';
    case 'deleteditems':
      return 'deleted';
    case 'junkemail':
      return 'junk';
    case 'drafts':
    case 'outbox':
    case 'conversationhistory':
    case 'syncissues':
      return null;
  }
}

/** Longest name of a folder that is shown, with the names of those it lies in. */
const MAX_NAME = 100;

/**
 * Names of folders that people have made, where they are shown: below the Inbox and beside it. One that lies in another has
 * the names of both.
 */
export function nameOwnFolders(
  folders: readonly (TenantFolder & { readonly name: string })[],
): ReadonlyMap<string, string> {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const named = new Map<string, string>();
  for (const [id, place] of placeFolders(folders)) {
    if (place !== 'inbox' && place !== 'archive') continue;
    const names: string[] = [];
    let current = byId.get(id);
    // As many at the most as there are folders: they may refer to each other in a circle.
    while (current?.wellKnown === null && names.length < folders.length) {
      // Names are quoted where they are searched for.
      names.unshift(current.name.replaceAll(/["“”„‟«»＂]/gu, '’').trim());
      current = current.parentId === null ? undefined : byId.get(current.parentId);
    }
    const name = names.filter((each) => each !== '').join(BETWEEN_NAMES);
    if (name !== '') named.set(id, Array.from(name).slice(0, MAX_NAME).join(''));
  }
  return named;
}

/** Folders of this name, whatever the case: by the whole of it, else by its last part. */
export function ownFoldersNamed<T extends { readonly name: string }>(
  folders: readonly T[],
  wanted: string,
): readonly T[] {
  const asked = wanted.toLowerCase();
  const whole = folders.filter(({ name }) => name.toLowerCase() === asked);
  if (whole.length > 0) return whole;
  return folders.filter(({ name }) => name.toLowerCase().endsWith(`${BETWEEN_NAMES}${asked}`));
}

/** Where a message that was moved here goes in Office 365; null where nothing is moved to. */
export function folderInTenant(folder: MailFolder): WellKnownFolder | null {
  switch (folder) {
    case 'inbox':
      return 'inbox';
    case 'archive':
      return 'archive';
    case 'deleted':
      return 'deleteditems';
    case 'junk':
      return 'junkemail';
    case 'sent':
    case 'drafts':
      return null;
  }
}
