import { TenantError } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import {
  credentials,
  startMicrosoft,
  type Script,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createTenantMailbox } from './tenant-mailbox.ts';
import { createTenantMessageTrace } from './tenant-message-trace.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

async function microsoft(script: Script): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft((asked, base) =>
    asked.service === 'login' ? undefined : script(asked, base),
  );
  open.push(started);
  return started;
}

const at = Date.UTC(2026, 10, 25, 9, 0, 0);
const window = { since: at - 3_600_000, until: at, limit: 3 };
const row = (number: number) => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  senderAddress: 'mona@fabrikam.example',
  recipientAddress: 'ada@contoso.example',
  messageId: `<${number}@x>`,
  receivedDateTime: '2026-11-25T08:30:00Z',
  subject: 's',
  size: 1,
  fromIP: number === 2 ? null : '192.0.2.9',
  toIP: '',
  status: 'delivered',
});

describe('message trace', () => {
  it('is read by its window, page after page, and what began inside has no address', async () => {
    const started = await microsoft((asked, base) =>
      asked.query.has('$skiptoken')
        ? { json: { value: [row(2)] } }
        : {
            json: {
              value: [row(1)],
              '@odata.nextLink': `${base}/graph/v1.0${asked.path}?$skiptoken=2`,
            },
          },
    );
    const trace = createTenantMessageTrace(started.options);
    const { rows, complete } = await trace.received(credentials, window);
    expect(complete).toBe(true);
    expect(rows.map(({ fromIp }) => fromIp)).toEqual(['192.0.2.9', '']);
    expect(rows[0]).toMatchObject({
      sender: 'mona@fabrikam.example',
      receivedAt: Date.parse('2026-11-25T08:30:00Z'),
    });
    const [asked] = started.asked.filter(({ service }) => service === 'graph');
    expect(asked?.query.get('$filter')).toBe(
      'receivedDateTime ge 2026-11-25T08:00:00.000Z and receivedDateTime le 2026-11-25T09:00:00.000Z',
    );
  });

  it('stops when enough was read', async () => {
    const started = await microsoft((asked, base) => ({
      json: {
        value: [row(1), row(3)],
        '@odata.nextLink': `${base}/graph/v1.0${asked.path}?$skiptoken=${started.asked.length}`,
      },
    }));
    const reading = await createTenantMessageTrace(started.options).received(credentials, window);
    expect(reading.complete).toBe(false);
    expect(reading.rows).toHaveLength(4);
  });

  it('without Microsoft’s service principal says what is missing, and not that the secret is wrong', async () => {
    const started = await microsoft(() => ({
      status: 401,
      json: {
        error: { code: 'UnknownError', message: 'Service principal-less Authentication failed' },
      },
    }));
    const refused = createTenantMessageTrace(started.options).received(credentials, window);
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TenantError);
    expect(error).toMatchObject({
      failure: { code: 'forbidden', detail: expect.stringContaining('8bd644d1') },
    });
  });
});

describe('a test message in a mailbox', () => {
  /** Two folders: what is deleted goes to Deleted Items under a new id, and from there away. */
  async function mailbox(): Promise<ScriptedMicrosoft> {
    let place: 'inbox' | 'deleteditems' | null = 'inbox';
    return microsoft((asked) => {
      if (asked.method === 'DELETE') {
        place = place === 'inbox' ? 'deleteditems' : null;
        return { status: 204, text: '' };
      }
      if (asked.path.includes('/mailFolders/'))
        return { json: { id: place, displayName: 'Inbox' } };
      const message = {
        id: `message-${place}`,
        isDraft: false,
        isRead: false,
        parentFolderId: place,
        receivedDateTime: '2026-11-25T08:30:00Z',
      };
      return { json: { value: place === null ? [] : [message] } };
    });
  }

  it('is found by its Message-ID, with the folder it lies in', async () => {
    const started = await mailbox();
    const found = createTenantMailbox(started.options).findMessage(
      credentials,
      'ada@contoso.example',
      "it's@mx.example",
    );
    expect(await found).toEqual({
      id: 'message-inbox',
      folder: 'Inbox',
      receivedAt: Date.parse('2026-11-25T08:30:00Z'),
      isRead: false,
    });
    const [asked] = started.asked.filter(({ service }) => service === 'graph');
    expect(asked?.query.get('$filter')).toBe("internetMessageId eq '<it''s@mx.example>'");
  });

  it('is deleted, and deleted from Deleted Items; gone already is well', async () => {
    const started = await mailbox();
    const tenant = createTenantMailbox(started.options);
    await tenant.removeMessage(credentials, 'ada@contoso.example', '<p@mx.example>');
    expect(
      await tenant.findMessage(credentials, 'ada@contoso.example', '<p@mx.example>'),
    ).toBeNull();
    await tenant.removeMessage(credentials, 'ada@contoso.example', '<p@mx.example>');
    const deleted = started.asked.filter(({ method }) => method === 'DELETE');
    expect(deleted.map(({ path }) => path.split('/').at(-1))).toEqual([
      'message-inbox',
      'message-deleteditems',
    ]);
  });
});
