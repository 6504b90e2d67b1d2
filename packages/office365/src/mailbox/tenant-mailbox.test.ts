import type { SentItem } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import {
  credentials,
  startMicrosoft,
  type Asked,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createTenantMailbox, isUploadAddress } from './tenant-mailbox.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

const item: SentItem = {
  messageId: "it's@holdfast.example",
  sentAt: Date.UTC(2026, 10, 20, 8, 14, 57),
  from: { name: 'Megan', address: 'megan@contoso.example' },
  to: [{ name: 'Ann', address: 'ann@partner.example' }],
  cc: [],
  bcc: [{ name: '', address: 'boss@contoso.example' }],
  subject: 'Re: offer',
  text: 'plain',
  html: '<p>rich</p>',
  inReplyTo: '<parent@x>',
  references: ['root@x', '<parent@x>'],
  attachments: [],
  transportHeaders: "Message-ID: <it's@holdfast.example>\r\n",
  marker: 'record-1',
};
const attachment = (fileName: string, size: number) => ({
  fileName,
  contentType: 'application/octet-stream',
  content: new Uint8Array(size),
  contentId: null,
  inline: false,
});

/** A mailbox that keeps what it is given, and can lose its connection at a chosen request. */
async function mailbox(
  failAt: (asked: Asked) => boolean = () => false,
): Promise<ScriptedMicrosoft> {
  let stored = false;
  const names: string[] = [];
  const started = await startMicrosoft((asked, base) => {
    if (asked.service === 'login') return undefined;
    if (failAt(asked)) return { status: 500 };
    if (asked.service === 'upload') return { status: 200 };
    if (asked.method === 'GET' && asked.path.endsWith('/attachments'))
      return { json: { value: names.map((name) => ({ id: name, name })) } };
    if (asked.method === 'GET')
      return {
        json: {
          value: stored
            ? [
                { id: 'draft', isDraft: true },
                { id: 'sent-1', isDraft: false },
              ]
            : [],
        },
      };
    if (asked.path.endsWith('/createUploadSession'))
      return {
        status: 201,
        json: { uploadUrl: `${base}/upload/session-1`, nextExpectedRanges: ['0-'] },
      };
    const body = asked.body as { name?: string };
    if (body.name === undefined) stored = true;
    else names.push(body.name);
    return { status: 201, json: { id: 'sent-1' } };
  });
  open.push(started);
  return started;
}
const posts = (started: ScriptedMicrosoft): readonly Asked[] =>
  started.asked.filter(({ method, service }) => method !== 'GET' && service !== 'login');

describe('putting a sent message back', () => {
  it('creates a dated item that is no draft, in Sent Items', async () => {
    const started = await mailbox();
    const put = createTenantMailbox(started.options).putSentItem(
      credentials,
      'megan@contoso.example',
      item,
    );
    expect(await put).toEqual({ created: true });
    const [search] = started.asked.filter(({ method }) => method === 'GET');
    expect(search?.query.get('$filter')).toBe("internetMessageId eq '<it''s@holdfast.example>'");
    const [created] = posts(started);
    expect(created?.path).toBe('/users/megan@contoso.example/mailFolders/sentitems/messages');
    expect(created?.body).toMatchObject({
      isRead: true,
      body: { contentType: 'html', content: '<p>rich</p>' },
      singleValueExtendedProperties: [
        { id: 'Integer 0x0E07', value: '1' },
        { id: 'SystemTime 0x0E06', value: '2026-11-20T08:14:57.000Z' },
        { id: 'SystemTime 0x0039', value: '2026-11-20T08:14:57.000Z' },
        { id: 'String 0x1035', value: "<it's@holdfast.example>" },
        { id: 'String 0x007D', value: "Message-ID: <it's@holdfast.example>\r\n" },
        {
          id: 'String {00020329-0000-0000-C000-000000000046} Name X-Continuity-Id',
          value: 'record-1',
        },
        { id: 'String 0x1042', value: '<parent@x>' },
        { id: 'String 0x1039', value: '<root@x> <parent@x>' },
      ],
    });
  });

  it('is harmless when repeated', async () => {
    const started = await mailbox();
    const tenantMailbox = createTenantMailbox(started.options);
    await tenantMailbox.putSentItem(credentials, 'megan@contoso.example', item);
    expect(await tenantMailbox.putSentItem(credentials, 'megan@contoso.example', item)).toEqual({
      created: false,
    });
    expect(posts(started)).toHaveLength(1);
  });

  it('sends small attachments along, the next ones after, and large ones in pieces without the token', async () => {
    const started = await mailbox();
    const attachments = [
      attachment('large.zip', 5_000_000),
      attachment('small.txt', 10),
      attachment('middle.pdf', 2_600_000),
    ];
    await createTenantMailbox(started.options).putSentItem(credentials, 'megan@contoso.example', {
      ...item,
      attachments,
    });
    const sent = posts(started);
    expect(sent[0]?.body).toMatchObject({ attachments: [{ name: 'small.txt', isInline: false }] });
    const pieces = sent.filter(({ service }) => service === 'upload');
    expect(pieces.map(({ headers }) => headers['content-range'])).toEqual([
      'bytes 0-3932159/5000000',
      'bytes 3932160-4999999/5000000',
    ]);
    expect(pieces.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(
      sent.some(
        ({ path, body }) =>
          path.endsWith('/attachments') && (body as { name: string }).name === 'middle.pdf',
      ),
    ).toBe(true);
  });

  it('a repeat after a broken attachment adds what is missing, once', async () => {
    let broken = true;
    const started = await mailbox(
      ({ path, method }) => broken && method === 'POST' && path.endsWith('/attachments'),
    );
    const tenantMailbox = createTenantMailbox(started.options);
    const withFile = { ...item, attachments: [attachment('middle.pdf', 2_600_000)] };
    await expect(
      tenantMailbox.putSentItem(credentials, 'megan@contoso.example', withFile),
    ).rejects.toThrow(/unavailable/);
    broken = false;
    for (let repeat = 0; repeat < 2; repeat += 1) {
      expect(
        await tenantMailbox.putSentItem(credentials, 'megan@contoso.example', withFile),
      ).toEqual({ created: false });
    }
    expect(posts(started).filter(({ path }) => path.endsWith('/attachments'))).toHaveLength(2);
    expect(posts(started).filter(({ path }) => path.endsWith('/sentitems/messages'))).toHaveLength(
      1,
    );
  });
});

describe('upload addresses', () => {
  it.each([
    ['https://outlook.office.com/api/v2.0/x?authtoken=y', true],
    ['https://outlook.office365.com/x', true],
    ['http://outlook.office.com/x', false],
    ['https://outlook.office.com:8443/x', false],
    ['https://outlook.office.com.evil.example/x', false],
    ['https://169.254.169.254/x', false],
    ['x', false],
  ])('%s', (link, allowed) => {
    expect(isUploadAddress('https://graph.microsoft.com/v1.0', link)).toBe(allowed);
  });
});
