import { afterEach, describe, expect, it } from 'vitest';
import {
  credentials,
  startMicrosoft,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createMailboxRecovery } from './mailbox-recovery.ts';

const MAILBOX = 'megan@contoso.example';
const ROOT = `/users/${MAILBOX}`;
const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) {
    await started[Symbol.asyncDispose]();
  }
});

async function recovery(rows: readonly object[]) {
  const started = await startMicrosoft(({ service, path, method }) => {
    if (service === 'login') return undefined;
    const name = /mailFolders\/(\w+)$/.exec(path)?.[1];
    if (name === 'archive') return { status: 404, json: { error: { code: 'x', message: 'none' } } };
    if (name !== undefined) return { json: { id: `id-of-${name}` } };
    if (method === 'GET') return { json: { value: rows } };
    return { status: method === 'POST' ? 201 : 200, json: { id: 'm' } };
  });
  open.push(started);
  return { started, mailbox: createMailboxRecovery(started.options) };
}
const row = (id: string, folder: string, more: object = {}) => ({
  id,
  isRead: false,
  isDraft: false,
  parentFolderId: folder,
  createdDateTime: '2026-11-20T08:00:00Z',
  lastModifiedDateTime: '2026-11-20T09:00:00Z',
  flag: { flagStatus: 'notFlagged' },
  ...more,
});

describe('finding what came', () => {
  it('looks in every folder, and leaves drafts and what was sent alone', async () => {
    const { mailbox, started } = await recovery([
      row('a', 'id-of-inbox'),
      row('b', 'id-of-sentitems'),
      row('c', 'somewhere', { flag: { flagStatus: 'flagged' } }),
      row('d', 'id-of-inbox', { isDraft: true }),
    ]);
    const found = await mailbox.findReceived(credentials, MAILBOX, "it's@x");
    expect(
      found.map(({ externalId, folder, isFlagged }) => [externalId, folder, isFlagged]),
    ).toEqual([
      ['a', 'inbox', false],
      ['c', null, true],
    ]);
    const search = started.asked.find(({ path }) => path === `${ROOT}/messages`);
    expect(search?.query.get('$filter')).toBe("internetMessageId eq '<it''s@x>'");
  });

  it('finds nothing where there is nothing', async () => {
    const { mailbox } = await recovery([]);
    expect(await mailbox.findReceived(credentials, MAILBOX, '<x@x>')).toEqual([]);
  });
});

describe('carrying back', () => {
  it('changes what was changed, and moves by the name of the folder', async () => {
    const { mailbox, started } = await recovery([]);
    await mailbox.mark(credentials, MAILBOX, 'm', { isRead: true });
    await mailbox.mark(credentials, MAILBOX, 'm', { isFlagged: false });
    await mailbox.move(credentials, MAILBOX, 'm', 'deleteditems');
    const bodies = started.asked
      .filter(({ service }) => service === 'graph')
      .map(({ body }) => body);
    expect(bodies).toEqual([
      { isRead: true },
      { flag: { flagStatus: 'notFlagged' } },
      { destinationId: 'deleteditems' },
    ]);
  });
});
