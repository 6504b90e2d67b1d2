import type { DirectoryFact, ExchangeListing } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import { failure, noExchange, tenant } from '../../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type Script,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createTenantDirectory } from '../directory/tenant-directory.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const microsoft of open.splice(0)) await microsoft[Symbol.asyncDispose]();
});

type Cmdlets = Readonly<
  Record<string, readonly object[] | ((identity: string, base: string) => Answer)>
>;

const cmdlets =
  (known: Cmdlets): Script =>
  (asked, base) => {
    if (asked.service !== 'exchange') return undefined;
    const { CmdletName: name, Parameters: parameters } = (
      asked.body as { CmdletInput: { CmdletName: string; Parameters: Record<string, string> } }
    ).CmdletInput;
    const answer = known[name];
    if (typeof answer === 'function') return answer(parameters['Identity'] ?? '', base);
    return answer === undefined ? { status: 403 } : { json: { value: answer } };
  };

async function directoryOf(script: Script) {
  const started = await startMicrosoft(tenant(script));
  open.push(started);
  return { started, directory: createTenantDirectory(started.options) };
}

async function list(script: Script, listing: ExchangeListing) {
  const { started, directory } = await directoryOf(script);
  const pages: (readonly DirectoryFact[])[] = [];
  const permitted = await directory.listing(
    credentials,
    listing,
    async (facts) => void pages.push(facts),
  );
  return { started, permitted, pages, facts: pages.flat() };
}

const row = (address: string, type: string, id = '') => ({
  PrimarySmtpAddress: address,
  EmailAddresses: [`SMTP:${address}`, { ProxyAddressString: `smtp:alias-${address}` }, 'X500:/o=x'],
  RecipientTypeDetails: type,
  ExternalDirectoryObjectId: id,
  DisplayName: address,
  Guid: `guid-${address}`,
});

describe('recipients', () => {
  const rows = [
    row('Megan@contoso.example', 'UserMailbox', 'u1'),
    row('info@contoso.example', 'SharedMailbox', 'u2'),
    row('room1@contoso.example', 'RoomMailbox', 'u5'),
    row('beamer@contoso.example', 'EquipmentMailbox'),
    row('team@contoso.example', 'GroupMailbox', 'g2'),
    row('all@contoso.example', 'DynamicDistributionGroup'),
    row('partner@contoso.example', 'MailUser'),
    row('new@contoso.example', 'SomethingNew'),
    { ...row('', 'UserMailbox'), PrimarySmtpAddress: '' },
  ];

  it('come page by page, with Graph’s id or their own, by kind; without an address they are none', async () => {
    const { started, permitted, pages, facts } = await list((asked, base) => {
      if (asked.service !== 'exchange') return undefined;
      return asked.query.get('page') === null
        ? {
            json: {
              value: rows.slice(0, 5),
              '@odata.nextLink': `${base}/exchange${asked.path}?page=2`,
            },
          }
        : { json: { value: rows.slice(5) } };
    }, 'recipients');
    expect(permitted).toBe(true);
    expect(pages.map((page) => page.length)).toEqual([5, 3]);
    const shown = facts.flatMap((fact) =>
      fact.fact === 'object'
        ? [[fact.object.externalId, fact.object.kind, fact.object.hasMailbox, fact.inGraph]]
        : [],
    );
    expect(shown).toEqual([
      ['u1', 'user', true, true],
      ['u2', 'shared-mailbox', false, true],
      ['u5', 'room', false, true],
      ['guid-beamer@contoso.example', 'equipment', false, false],
      ['g2', 'group', false, true],
      ['guid-all@contoso.example', 'dynamic-group', false, false],
      ['guid-partner@contoso.example', 'user', false, false],
      // What Microsoft adds later is known and never protected by mistake.
      ['guid-new@contoso.example', 'shared-mailbox', false, false],
    ]);
    expect(facts[0]).toMatchObject({
      object: { addresses: ['megan@contoso.example', 'alias-megan@contoso.example'] },
    });
    const headers = started.asked.find(({ service }) => service === 'exchange')?.headers;
    expect(headers).toMatchObject({
      'x-anchormailbox':
        'UPN:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso.onmicrosoft.com',
      prefer: 'odata.maxpagesize=1000',
      'x-cmdletname': 'Get-Recipient',
    });
  });

  it('without the permission there is no list; a busy Exchange is a failure, and no shorter list', async () => {
    expect((await list(noExchange, 'recipients')).permitted).toBe(false);
    const busy: Script = ({ service }) => (service === 'exchange' ? { status: 500 } : undefined);
    expect(await failure(list(busy, 'recipients'))).toMatchObject({ code: 'unavailable' });
  });

  it('public folders are a list of their own, whatever Exchange calls its rows', async () => {
    const folder = {
      PrimarySmtpAddress: 'folder@contoso.example',
      EmailAddresses: 'SMTP:folder@contoso.example',
      Name: 'Folder',
      Guid: 'guid-folder',
    };
    const { facts } = await list(cmdlets({ 'Get-MailPublicFolder': [folder] }), 'public-folders');
    expect(facts).toMatchObject([
      { object: { externalId: 'guid-folder', kind: 'public-folder', displayName: 'Folder' } },
    ]);
  });
});

describe('who may write to a group', () => {
  const group = (id: string, rules: object) => ({
    ExternalDirectoryObjectId: id,
    Guid: id,
    ...rules,
  });

  it.each([
    ['anybody', {}, false],
    [
      'anybody, said in so many words',
      {
        RequireSenderAuthenticationEnabled: 'False',
        AcceptMessagesOnlyFrom: [],
        ModerationEnabled: null,
      },
      false,
    ],
    ['those inside', { RequireSenderAuthenticationEnabled: true }, true],
    ['those inside, as a word', { RequireSenderAuthenticationEnabled: 'True' }, true],
    ['whom a moderator lets through', { ModerationEnabled: true }, true],
    ['one person', { AcceptMessagesOnlyFrom: 'Ada' }, true],
    ['a group', { AcceptMessagesOnlyFromDLMembers: ['Staff'] }, true],
    ['people and groups', { AcceptMessagesOnlyFromSendersOrMembers: [{ Name: 'Ada' }] }, true],
  ])('%s', async (_name, rules, restricted) => {
    const { permitted, facts } = await list(
      cmdlets({
        'Get-DistributionGroup': [group('d', rules)],
        'Get-UnifiedGroup': [],
        'Get-DynamicDistributionGroup': [],
      }),
      'restrictions',
    );
    expect(permitted).toBe(true);
    expect(facts).toEqual([{ fact: 'restriction', externalId: 'd', restricted }]);
  });

  it('is not known when one of the lists may not be read: half of it would open the rest', async () => {
    const some = { 'Get-DistributionGroup': [group('d', {})] };
    expect((await list(cmdlets(some), 'restrictions')).permitted).toBe(false);
  });
});

describe('members that Graph does not tell', () => {
  const dynamic = { externalId: 'all', address: 'all@contoso.example', dynamic: true };
  const plain = { externalId: 'team', address: 'team@contoso.example', dynamic: false };
  const missing: Answer = {
    status: 404,
    json: {
      error: {
        details: [{ message: 'Ex1|Microsoft.Exchange.ManagementObjectNotFoundException|x' }],
      },
    },
  };
  const people = [
    { ExternalDirectoryObjectId: 'u1' },
    { ExternalDirectoryObjectId: '', Guid: 'own' },
  ];

  async function members(known: Cmdlets) {
    const { directory } = await directoryOf(cmdlets(known));
    const facts: DirectoryFact[] = [];
    const permitted = await directory.members(
      credentials,
      [dynamic, plain],
      async (some) => void facts.push(...some),
    );
    return { permitted, facts };
  }

  it('are asked for group by group, with the cmdlet that knows it', async () => {
    const { permitted, facts } = await members({
      'Get-DynamicDistributionGroupMember': people,
      'Get-DistributionGroupMember': () => missing,
      'Get-UnifiedGroupLinks': [{ ExternalDirectoryObjectId: 'u2' }],
    });
    expect(permitted).toBe(true);
    expect(facts).toEqual([
      { fact: 'member', groupId: 'all', memberId: 'u1' },
      { fact: 'member', groupId: 'all', memberId: 'own' },
      { fact: 'member', groupId: 'team', memberId: 'u2' },
    ]);
  });

  it('of a group that is gone by now are none; what may not be asked is not known at all', async () => {
    const gone = await members({
      'Get-DynamicDistributionGroupMember': () => missing,
      'Get-DistributionGroupMember': () => missing,
      'Get-UnifiedGroupLinks': () => missing,
    });
    expect(gone).toEqual({ permitted: true, facts: [] });
    expect((await members({})).permitted).toBe(false);
  });
});
