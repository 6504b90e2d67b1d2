import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { answer, Client } from '../testing.ts';
import { validatorFor } from './schema.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 2, healthDelayMs: 0 });
  client = new Client(simulator);
});

afterAll(() => simulator.stop());

/**
 * Microsoft's own samples write the values of these enumerations in PascalCase while its description has camelCase
 * (reference, section 4.1). The simulator follows the samples, the contract the description.
 */
function inCamelCase(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      ['status', 'classification', 'origin'].includes(key) && typeof inner === 'string'
        ? inner.slice(0, 1).toLowerCase() + inner.slice(1)
        : inner,
    ),
  );
}

function expectType(type: string, value: unknown) {
  const validate = validatorFor(`/components/schemas/microsoft.graph.${type}`);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

const USER = '/users/adele.vance@contoso.example';

describe('every answer is of the type that Microsoft describes', () => {
  test.each([
    ['/organization', 'organizationCollectionResponse'],
    ['/domains', 'domainCollectionResponse'],
    ['/domains/contoso.example', 'domain'],
    ['/domains/contoso.example/serviceConfigurationRecords', 'domainDnsRecordCollectionResponse'],
    [
      '/domains/contoso-labs.example/serviceConfigurationRecords',
      'domainDnsRecordCollectionResponse',
    ],
    ['/users', 'userCollectionResponse'],
    ['/users?$select=id,mail,proxyAddresses,assignedPlans,birthday', 'ODataErrors.ODataError'],
    [
      '/users?$select=id,userPrincipalName,mail,proxyAddresses,displayName,accountEnabled,userType,assignedPlans,assignedLicenses,mobilePhone,businessPhones,otherMails,onPremisesSyncEnabled,preferredLanguage,usageLocation,showInAddressList,isResourceAccount&$top=999',
      'userCollectionResponse',
    ],
    ['/users/delta?$select=id,displayName,assignedLicenses', 'userDeltaResponse'],
    ['/groups', 'groupCollectionResponse'],
    ['/groups/delta', 'groupDeltaResponse'],
    ['/contacts', 'orgContactCollectionResponse'],
    ['/contacts/delta', 'orgContactDeltaResponse'],
    ['/subscribedSkus', 'subscribedSkuCollectionResponse'],
    [USER, 'user'],
    [`${USER}/mailboxSettings?$select=userPurpose`, 'mailboxSettings'],
    [`${USER}/mailFolders`, 'mailFolderCollectionResponse'],
    [`${USER}/mailFolders/inbox?$select=id,totalItemCount`, 'mailFolder'],
    [`${USER}/mailFolders/inbox/messages`, 'messageCollectionResponse'],
    [`${USER}/messages?$select=id,isRead,isDraft,parentFolderId`, 'messageCollectionResponse'],
    [`${USER}/messages?$select=internetMessageHeaders&$top=1`, 'messageCollectionResponse'],
    [`${USER}/messages?$expand=attachments`, 'messageCollectionResponse'],
    ['/users/nobody@contoso.example', 'ODataErrors.ODataError'],
    [`${USER}/mailFolders/nowhere`, 'ODataErrors.ODataError'],
    [`${USER}/messages?$filter=subject eq 'x'`, 'ODataErrors.ODataError'],
  ])('%s', async (path, type) => {
    const response = await client.graph(path);
    const body: unknown = await answer(response);
    expectType(type, body);
    expect(response.ok).toBe(!type.includes('ODataError'));
  });

  test('service health during an outage', async () => {
    await client.control('/outage', { shape: 'transport' });
    const overviews = await answer(
      client.graph('/admin/serviceAnnouncement/healthOverviews?$expand=issues'),
    );
    const issues = await answer(client.graph('/admin/serviceAnnouncement/issues'));
    await client.control('/outage', { shape: 'none' });
    expectType('serviceHealthCollectionResponse', inCamelCase(overviews));
    expectType('serviceHealthIssueCollectionResponse', inCamelCase(issues));
    expect(overviews.value[0]).toMatchObject({
      service: 'Exchange Online',
      status: 'ServiceInterruption',
    });
  });

  test('a created, changed and moved message', async () => {
    const input = {
      subject: 'Contract',
      body: { contentType: 'text', content: 'Hello' },
      toRecipients: [{ emailAddress: { address: 'kai.carter@fabrikam.example' } }],
      singleValueExtendedProperties: [{ id: 'Integer 0x0E07', value: '1' }],
    };
    expectType('message', input);
    const created = await client.graph(`${USER}/mailFolders/sentitems/messages`, {
      method: 'POST',
      body: JSON.stringify(input),
    });
    expect(created.status).toBe(201);
    const message = await answer(created);
    expectType('message', message);
    const patched = await client.graph(`${USER}/messages/${message.id}`, {
      method: 'PATCH',
      body: JSON.stringify({ isRead: false, flag: { flagStatus: 'flagged' } }),
    });
    expectType('message', await answer(patched));
    const moved = await client.graph(`${USER}/messages/${message.id}/move`, {
      method: 'POST',
      body: JSON.stringify({ destinationId: 'archive' }),
    });
    expect(moved.status).toBe(201);
    expectType('message', await answer(moved));
  });

  describe('attachments that come after the message', () => {
    const path = async (): Promise<string> => {
      const created = await client.graph(`${USER}/mailFolders/sentitems/messages`, {
        method: 'POST',
        body: JSON.stringify({
          subject: 'Plans',
          body: { contentType: 'text', content: 'Attached.' },
          singleValueExtendedProperties: [{ id: 'Integer 0x0E07', value: '1' }],
        }),
      });
      return `${USER}/messages/${(await answer(created)).id}`;
    };
    const session = (message: string, size: number) => {
      const AttachmentItem = { attachmentType: 'file', name: 'pläne.bin', size };
      expectType('attachmentItem', AttachmentItem);
      return client.graph(`${message}/attachments/createUploadSession`, {
        method: 'POST',
        body: JSON.stringify({ AttachmentItem }),
      });
    };
    const put = (url: string, content: Buffer, start: number, end: number, headers = {}) =>
      fetch(url, {
        method: 'PUT',
        headers: { 'content-range': `bytes ${start}-${end - 1}/${content.length}`, ...headers },
        body: Uint8Array.from(content.subarray(start, end)),
      });

    test('small: whole', async () => {
      const message = await path();
      const attachment = {
        '@odata.type': '#microsoft.graph.fileAttachment',
        name: 'small.txt',
        contentType: 'text/plain',
        contentBytes: Buffer.from('small').toString('base64'),
      };
      const added = await client.graph(`${message}/attachments`, {
        method: 'POST',
        body: JSON.stringify(attachment),
      });
      expect(added.status).toBe(201);
      const shown = await answer(added);
      expectType('fileAttachment', shown);
      expect(shown).toMatchObject(attachment);
    });

    test('large: in ranges, in order, without the token', async () => {
      const message = await path();
      const content = Buffer.alloc(5 * 1024 * 1024, 'holdfast ');
      const middle = 12 * 320 * 1024;
      const created = await session(message, content.length);
      expect(created.status).toBe(201);
      const opened: unknown = await answer(created);
      expectType('uploadSession', opened);
      const { uploadUrl } = opened as { uploadUrl: string };
      const withToken = await put(uploadUrl, content, 0, middle, { authorization: 'Bearer x' });
      expect(withToken.status).toBe(401);
      expect((await put(uploadUrl, content, middle, content.length)).status).toBe(416);
      const first = await put(uploadUrl, content, 0, middle);
      expect(first.status).toBe(200);
      const next: unknown = await answer(first);
      expectType('uploadSession', next);
      expect(next).toMatchObject({ nextExpectedRanges: [String(middle)] });
      expect((await put(uploadUrl, content, middle, content.length)).status).toBe(201);
      expect((await put(uploadUrl, content, 0, middle)).status).toBe(404);

      const { value } = await answer(client.graph(`${message}/attachments`));
      expect(value).toHaveLength(1);
      expect(value[0]).toMatchObject({ name: 'pläne.bin', size: content.length });
      const stored = Buffer.from(String(value[0]?.['contentBytes']), 'base64');
      expect(stored.equals(content)).toBe(true);
      const shown: unknown = await answer(client.graph(message));
      expectType('message', shown);
      expect(shown).toMatchObject({ subject: 'Plans', hasAttachments: true, isDraft: false });
    });

    test('below 3 MB there is no session', async () => {
      const refused = await session(await path(), 1000);
      expect(refused.status).toBe(400);
      expectType('ODataErrors.ODataError', await answer(refused));
    });
  });

  test('a batch', async () => {
    const response = await client.graph('/$batch', {
      method: 'POST',
      body: JSON.stringify({
        requests: [
          { id: '1', method: 'GET', url: `${USER}/mailboxSettings?$select=userPurpose` },
          { id: '2', method: 'GET', url: '/users/sales@contoso.example/mailboxSettings' },
          { id: '3', method: 'GET', url: '/users/delia.dennis@contoso.example/mailboxSettings' },
        ],
      }),
    });
    const body = await answer(response);
    const validate = validatorFor(
      '/paths/~1$batch/post/responses/200/content/application~1json/schema',
    );
    validate(body);
    expect(validate.errors ?? []).toEqual([]);
    expect(body.responses.map((one) => one.status)).toEqual([200, 200, 404]);
    expect(body.responses[1]?.body.userPurpose).toBe('shared');
  });
});
