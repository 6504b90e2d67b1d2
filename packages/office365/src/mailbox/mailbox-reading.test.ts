import { MessageTooBigError } from '@holdfast/application';
import { placeFolders } from '@holdfast/domain';
import { afterEach, describe, expect, it } from 'vitest';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type Asked,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createMailboxReading } from './mailbox-reading.ts';

const MAILBOX = 'megan@contoso.example';
const ROOT = `/users/${MAILBOX}`;
const open: ScriptedMicrosoft[] = [];

afterEach(async () => {
  for (const started of open.splice(0)) {
    await started[Symbol.asyncDispose]();
    const graph = started.asked.filter(({ service }) => service === 'graph');
    for (const { headers } of graph) {
      expect(headers['x-ms-throttle-priority']).toBe('low');
      expect(headers.prefer).toContain('IdType="ImmutableId"');
    }
  }
});

async function reading(script: (asked: Asked, base: string) => Answer | undefined) {
  const started = await startMicrosoft((asked, base) =>
    asked.service === 'graph' ? script(asked, `${base}/graph/v1.0`) : undefined,
  );
  open.push(started);
  return { started, mailbox: createMailboxReading(started.options) };
}
const named = (ids: Readonly<Record<string, string>>): Answer => ({
  json: {
    responses: [
      'inbox',
      'sentitems',
      'drafts',
      'archive',
      'deleteditems',
      'junkemail',
      'outbox',
      'conversationhistory',
      'syncissues',
    ].map((id) =>
      ids[id] === undefined
        ? { id, status: 404, body: { error: { code: 'ErrorItemNotFound', message: 'no' } } }
        : { id, status: 200, body: { id: ids[id] } },
    ),
  },
});
const change = (id: string, more: object = {}) => ({
  id,
  internetMessageId: `<${id}@x>`,
  receivedDateTime: '2026-11-20T08:00:00Z',
  isRead: false,
  isDraft: false,
  flag: { flagStatus: 'notFlagged' },
  ...more,
});

describe('folders', () => {
  it('are read with those in them, and known by what they are for, whatever their names', async () => {
    const folder = (id: string, parentFolderId: string, childFolderCount = 0) => ({
      id,
      displayName: `«${id}»`,
      parentFolderId,
      childFolderCount,
      isHidden: false,
    });
    const { mailbox } = await reading(({ path }) => {
      if (path === '/$batch') return named({ inbox: 'A', sentitems: 'B' });
      if (path === `${ROOT}/mailFolders`)
        return {
          json: { value: [folder('A', 'root', 1), folder('B', 'root'), folder('C', 'root')] },
        };
      if (path === `${ROOT}/mailFolders/A/childFolders`)
        return { json: { value: [folder('D', 'A')] } };
      return undefined;
    });
    const folders = await mailbox.folders(credentials, MAILBOX);
    expect(Object.fromEntries(placeFolders(folders))).toEqual({
      A: 'inbox',
      B: 'sent',
      C: 'archive',
      D: 'inbox',
    });
  });

  it('are refused as a whole where the Inbox may not be read', async () => {
    const denied = {
      status: 403,
      json: { error: { code: 'ErrorAccessDenied', message: 'Access to OData is disabled.' } },
    };
    const { mailbox } = await reading(({ path }) =>
      path === '/$batch'
        ? {
            json: {
              responses: [{ id: 'inbox', status: 403, body: denied.json }],
            },
          }
        : denied,
    );
    await expect(mailbox.folders(credentials, MAILBOX)).rejects.toMatchObject({
      failure: { code: 'forbidden' },
    });
  });
});

describe('what happens in a folder', () => {
  it('is read page by page, with removals and with words in place of flags', async () => {
    const { mailbox, started } = await reading(({ query }, base) => {
      if (query.has('$skiptoken'))
        return {
          json: {
            value: [{ id: 'gone', '@removed': { reason: 'deleted' } }],
            '@odata.deltaLink': `${base}${ROOT}/mailFolders/A/messages/delta?$deltatoken=next`,
          },
        };
      return {
        json: {
          value: [
            change('one', { isRead: 'true' }),
            change('two', { flag: { flagStatus: 'Flagged' } }),
          ],
          '@odata.nextLink': `${base}${ROOT}/mailFolders/A/messages/delta?$skiptoken=more`,
        },
      };
    });
    const first = await mailbox.changes(credentials, MAILBOX, 'A', { receivedSince: 0 });
    expect(first).toMatchObject({
      isWhole: false,
      messages: [
        { externalId: 'one', isRead: true, isFlagged: false, messageId: '<one@x>' },
        { externalId: 'two', isRead: false, isFlagged: true },
      ],
    });
    const last = await mailbox.changes(credentials, MAILBOX, 'A', { link: first?.link ?? '' });
    expect(last).toMatchObject({ isWhole: true, messages: [], removed: ['gone'] });
    expect(started.asked.find(({ path }) => path.endsWith('/delta'))?.query.get('$filter')).toBe(
      'receivedDateTime ge 1970-01-01T00:00:00.000Z',
    );
  });

  it('begins anew where Microsoft has forgotten the link, and follows none to another host', async () => {
    const { mailbox, started } = await reading(() => ({
      status: 410,
      json: { error: { code: 'SyncStateNotFound', message: 'gone' } },
    }));
    const link = `${started.base}/graph/v1.0${ROOT}/mailFolders/A/messages/delta?$skiptoken=old`;
    expect(await mailbox.changes(credentials, MAILBOX, 'A', { link })).toBeNull();
    await expect(
      mailbox.changes(credentials, MAILBOX, 'A', { link: 'https://graph.attacker.example/v1.0/x' }),
    ).rejects.toThrow(/another host/);
  });

  it('is not waited for: a busy service is told with its own time', async () => {
    const { mailbox, started } = await reading(() => ({
      status: 429,
      headers: { 'retry-after': '37' },
      json: { error: { code: 'TooManyRequests', message: 'slow down' } },
    }));
    await expect(
      mailbox.changes(credentials, MAILBOX, 'A', { receivedSince: 0 }),
    ).rejects.toMatchObject({ failure: { code: 'throttled', retryAfter: 37_000 } });
    expect(started.pauses).toEqual([]);
  });
});

describe('what was received in a time', () => {
  it('is listed the newest first, and says whether that is all', async () => {
    const { mailbox, started } = await reading(({ query }, base) => ({
      json: {
        value: [change('late', { receivedDateTime: '2026-11-20T09:00:00Z' }), change('early')],
        ...(query.get('$filter')?.includes('le 2026-11-21') === true && {
          '@odata.nextLink': `${base}${ROOT}/mailFolders/A/messages?$skip=2`,
        }),
      },
    }));
    const since = Date.UTC(2026, 10, 1);
    const received = (until: number) =>
      mailbox.received(credentials, MAILBOX, 'A', { since, until });
    const first = await received(Date.UTC(2026, 10, 21));
    expect(first.messages.map(({ externalId }) => externalId)).toEqual(['late', 'early']);
    expect(first.isWhole).toBe(false);
    expect((await received(Date.UTC(2026, 10, 20))).isWhole).toBe(true);
    const asked = started.asked.filter(({ service }) => service === 'graph');
    expect(asked[0]?.query.get('$filter')).toBe(
      'receivedDateTime ge 2026-11-01T00:00:00.000Z and receivedDateTime le 2026-11-21T00:00:00.000Z',
    );
    expect(asked[0]?.query.get('$orderby')).toBe('receivedDateTime desc');
  });
});

describe('a message', () => {
  it('comes byte for byte, and never more of it than allowed', async () => {
    const { mailbox } = await reading(() => ({ text: 'Subject: x\r\n\r\nHello' }));
    const bytes = await mailbox.content(credentials, MAILBOX, 'AAMk_b=', 100);
    expect(Buffer.from(bytes).toString()).toBe('Subject: x\r\n\r\nHello');
    await expect(mailbox.content(credentials, MAILBOX, 'AAMk_b=', 10)).rejects.toThrow(
      MessageTooBigError,
    );
  });
});

describe('meetings', () => {
  it('are read in UTC, page by page, in the order of time, with links to the web alone', async () => {
    const event = (id: string, hour: number, more: object = {}) => ({
      id,
      subject: id,
      bodyPreview: '',
      start: { dateTime: `2026-11-26T${hour}:00:00.0000000`, timeZone: 'UTC' },
      end: { dateTime: `2026-11-26T${hour}:30:00.0000000`, timeZone: 'UTC' },
      isAllDay: false,
      isCancelled: false,
      location: { displayName: 'Room' },
      organizer: { emailAddress: { name: 'Ann', address: 'ann@x.example' } },
      sensitivity: 'normal',
      ...more,
    });
    const { mailbox, started } = await reading(({ query }, base) =>
      query.has('$skip')
        ? { json: { value: [event('early', 10, { sensitivity: 'Private' })] } }
        : {
            json: {
              value: [
                event('late', 14, { onlineMeeting: { joinUrl: 'https://teams.example/j' } }),
                event('odd', 15, { onlineMeeting: { joinUrl: 'javascript:alert(1)' } }),
              ],
              '@odata.nextLink': `${base}${ROOT}/calendarView?startDateTime=x&endDateTime=y&$skip=2`,
            },
          },
    );
    const from = Date.UTC(2026, 10, 26);
    const meetings = await mailbox.meetings(credentials, MAILBOX, from, from + 86_400_000);
    expect(meetings.map(({ id, joinUrl, isPrivate }) => [id, joinUrl, isPrivate])).toEqual([
      ['early', null, true],
      ['late', 'https://teams.example/j', false],
      ['odd', null, false],
    ]);
    expect(meetings[0]?.start).toBe(Date.UTC(2026, 10, 26, 10));
    expect(started.asked.at(-1)?.headers.prefer).toContain('outlook.timezone="UTC"');
  });
});
