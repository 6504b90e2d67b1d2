import { TenantError, type TenantFailure } from '@holdfast/application';
import { DAY, type PolicyRule } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listItem, tenantLists, tenantObject } from './testing/fake-tenant.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, START, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

const failure = (code: TenantFailure['code'], detail = 'no role'): TenantError =>
  new TenantError({ code, detail, retryAfter: null });

async function install(): Promise<void> {
  await installEveryone(world, contoso);
  await world.runJobs();
}

async function listed(): Promise<readonly string[]> {
  const { entries } = await contoso.console.security.lists();
  return entries.map(({ kind, value }) => `${kind} ${value}`).toSorted();
}

async function record() {
  const { rows } = await contoso.console.security.copiedItems({ ofUsers: true, limit: 200 });
  return rows.map(({ raw, outcome }) => `${raw}: ${outcome}`);
}

describe('the copy from Office 365', () => {
  test('normalises, names both sources of what is there twice, and leaves out with a reason', async () => {
    await install();
    expect(await listed()).toEqual(['allow partner.example', 'block spammer@bad.example']);
    const { entries, copiedAt, copyDetail } = await contoso.console.security.lists();
    expect(copiedAt).not.toBeNull();
    expect(copyDetail).toContain('2 entries copied; 2 left out');
    expect(entries.find(({ kind }) => kind === 'allow')?.note).toBe(
      'Anti-spam policy "Default"; Tenant Allow/Block List',
    );
    expect(await record()).toEqual([
      '*.Partner.example: copied',
      'contoso.example: refused',
      'not an entry: refused',
      'spammer@bad.example: copied',
      '*.partner.example: doubled',
    ]);
    const { rows } = await contoso.console.security.copiedItems({ outcome: 'refused' });
    expect(rows[0]?.reason).toContain('colleague');
  });

  test('happens once: a second run of the step copies nothing, also what was added meanwhile', async () => {
    await install();
    const [entry] = (await contoso.console.security.lists()).entries;
    await contoso.console.security.remove({ ids: [entry?.id ?? ''] });
    world.tenant.lists = tenantLists([
      ...world.tenant.lists.items,
      listItem('block', 'new.example'),
    ]);
    await world.ports.database.withinOrganisation(contoso.id, async (r) => {
      const step = { step: 'copy-lists', state: 'failed', detail: '', added: [], at: 0 } as const;
      await r.organisation.saveStep(step);
    });
    world.advance(1000);
    await contoso.console.installation.retry();
    expect(await world.runJobs()).toEqual(['installation.copy-lists']);
    expect(await listed()).toHaveLength(1);
    expect(world.tenant.listReads).toBe(1);
  });

  test('incomplete, does not use up the once; a later complete one adds the rest without doubles', async () => {
    const complete = world.tenant.lists;
    world.tenant.lists = {
      ...complete,
      items: complete.items.slice(0, 1),
      sections: complete.sections.map(({ section }) => ({
        section,
        failure: section === 'tenant-senders' ? 'You may not.' : null,
      })),
    };
    await install();
    const before = await contoso.console.security.lists();
    expect(before.copiedAt).toBeNull();
    expect(before.copyDetail).toMatch(
      /^not copied yet: The senders of the Tenant Allow\/Block List could not be read: You may not/,
    );
    world.tenant.lists = complete;
    world.advance(1000);
    await contoso.console.installation.retry();
    await world.runJobs();
    expect((await contoso.console.security.lists()).copiedAt).not.toBeNull();
    expect(await listed()).toEqual(['allow partner.example', 'block spammer@bad.example']);
    expect(await record()).toHaveLength(5);
  });

  test('is complete without what we do not filter by', async () => {
    world.tenant.lists = {
      ...world.tenant.lists,
      notFiltered: { urls: 12, files: 3, simulations: 1 },
      spoofs: [{ sender: 'contoso.example', infrastructure: 'crm.example', action: 'allow' }],
      sections: world.tenant.lists.sections.map(({ section }) => ({
        section,
        failure: section === 'spoofs' ? 'You may not.' : null,
      })),
    };
    await install();
    expect((await contoso.console.security.lists()).copiedAt).not.toBeNull();
    const copy = await contoso.console.security.copy();
    expect(copy.report).toMatchObject({
      notFiltered: { urls: 12, files: 3, simulations: 1 },
      spoofs: [{ sender: 'contoso.example', infrastructure: 'crm.example', action: 'allow' }],
    });
    expect(copy.report?.sections.find(({ section }) => section === 'spoofs')).toMatchObject({
      state: 'failed',
      detail: 'You may not.',
    });
  });

  test('keeps the end of an entry, and the later of two', async () => {
    const until = (days: number, value: string) => ({
      ...listItem('block', value),
      source: 'tenant-list' as const,
      policy: 'Tenant Allow/Block List',
      expiresAt: START + days * DAY,
    });
    world.tenant.lists = tenantLists([
      until(30, 'a.example'),
      { ...until(60, 'a.example'), policy: 'another' },
      until(30, 'b.example'),
      listItem('block', 'b.example'),
    ]);
    await install();
    const { entries } = await contoso.console.security.lists();
    expect(entries.map(({ value, expiresAt }) => [value, expiresAt])).toEqual([
      ['=a.example', new Date(START + 60 * DAY).toISOString()],
      ['=b.example', null],
    ]);
  });
});

describe('a policy for some', () => {
  const rule = (policy: string, priority: number, change: Partial<PolicyRule>): PolicyRule => ({
    policy,
    priority,
    enabled: true,
    sentTo: [],
    memberOf: [],
    domains: [],
    exceptSentTo: [],
    exceptMemberOf: [],
    exceptDomains: [],
    ...change,
  });
  const ofUser = async (local: string): Promise<readonly string[]> => {
    const userId = await idOf(contoso, local);
    const { entries } = await contoso.console.security.ofUser({ userId });
    return entries.map(({ kind, value }) => `${kind} ${value}`);
  };

  test('becomes entries of those users; one that is switched off, or has no rule, applies to nobody', async () => {
    world.tenant.lists = tenantLists(
      [
        listItem('block', 'a.example', 'Board'),
        listItem('block', 'b.example', 'Off'),
        listItem('block', 'c.example', 'Unused'),
      ],
      [
        rule('Board', 0, { sentTo: ['ADA@contoso.example'] }),
        rule('Off', 1, { enabled: false, domains: ['contoso.example'] }),
      ],
    );
    await install();
    expect(await listed()).toEqual([]);
    expect(await ofUser('ada')).toEqual(['block =a.example']);
    expect(await ofUser('ben')).toEqual([]);
    expect((await contoso.console.security.copy()).report?.idlePolicies).toEqual(['Off', 'Unused']);
  });

  test('by group membership, and the first rule takes who is in two', async () => {
    world.tenant.reading = {
      ...world.tenant.reading,
      members: [{ groupId: 'ext-group', memberId: 'ext-ada' }],
    };
    world.tenant.lists = tenantLists(
      [listItem('allow', 'a@x.example', 'Team'), listItem('allow', 'b@x.example', 'Both')],
      [
        rule('Both', 1, { sentTo: ['ada@contoso.example', 'ben@contoso.example'] }),
        rule('Team', 0, { memberOf: ['group@contoso.example'] }),
      ],
    );
    await install();
    expect(await ofUser('ada')).toEqual(['allow a@x.example']);
    expect(await ofUser('ben')).toEqual(['allow b@x.example']);
  });

  test('that covers a whole domain is for the domain, and mx is told so', async () => {
    world.tenant.reading = {
      ...world.tenant.reading,
      objects: [
        ...world.tenant.reading.objects,
        ...['eve', 'finn'].map((local) =>
          tenantObject(local, { primaryAddress: `${local}@fabrikam.example` }),
        ),
      ],
      domains: world.tenant.reading.domains.flatMap((domain) =>
        domain.name === 'contoso.example'
          ? [domain, { ...domain, name: 'fabrikam.example' }]
          : [domain],
      ),
    };
    world.tenant.lists = tenantLists(
      [listItem('block', 'a.example', 'Fabrikam'), listItem('block', 'b.example', 'All')],
      [
        rule('Fabrikam', 0, { domains: ['fabrikam.example'] }),
        rule('All', 1, { domains: ['fabrikam.example', 'contoso.example'] }),
      ],
    );
    await install();
    const { entries } = await contoso.console.security.lists();
    expect(entries.map(({ value, forDomain }) => [value, forDomain])).toEqual([
      ['=a.example', 'fabrikam.example'],
      ['=b.example', 'contoso.example'],
    ]);
  });

  test('waits while its rules cannot be read; the default one does not', async () => {
    const reading = tenantLists([
      listItem('block', 'a.example', 'Board'),
      listItem('block', 'b.example'),
    ]);
    world.tenant.lists = {
      ...reading,
      sections: reading.sections.map(({ section }) => ({
        section,
        failure: section === 'content-filter-rules' ? 'You may not.' : null,
      })),
    };
    await install();
    expect(await listed()).toEqual(['block =b.example']);
    expect((await contoso.console.security.lists()).copiedAt).toBeNull();
  });
});

describe('junk settings of the mailboxes', () => {
  test('become the lists of their users, each mailbox once', async () => {
    world.tenant.junk.set('ada@contoso.example', {
      safe: ['Friend@Outside.example', 'ben@contoso.example', 'friend@outside.example'],
      blocked: ['shop.example'],
      contactsTrusted: true,
    });
    await install();
    const userId = await idOf(contoso, 'ada');
    const lists = await contoso.console.security.ofUser({ userId });
    expect(lists.entries.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'allow friend@outside.example',
      'block =shop.example',
    ]);
    expect(lists).toMatchObject({ contactsTrusted: true, listsOnly: false });
    expect(lists.readAt).not.toBeNull();
    const copy = await contoso.console.security.copy();
    expect(copy.mailboxes).toEqual({ read: 2, unread: 0 });
    expect(copy.report?.users.state).toBe('done');

    world.tenant.junk.set('ada@contoso.example', { blocked: ['later.example'] });
    world.advance(1000);
    await contoso.console.security.copyUsers();
    await world.runJobs();
    expect((await contoso.console.security.ofUser({ userId })).entries).toHaveLength(2);
  });

  test('of who is protected later are read then, and nobody else’s again', async () => {
    await install();
    world.tenant.reading = {
      ...world.tenant.reading,
      objects: [...world.tenant.reading.objects, tenantObject('carl')],
    };
    world.tenant.junk.set('ada@contoso.example', { blocked: ['later.example'] });
    world.tenant.junk.set('carl@contoso.example', { blocked: ['shop.example'] });
    world.advance(1000);
    await contoso.console.directory.refresh({});
    await world.runJobs();
    await world.runJobs();
    const entriesOf = async (local: string) =>
      (await contoso.console.security.ofUser({ userId: await idOf(contoso, local) })).entries;
    expect((await entriesOf('carl')).map(({ value }) => value)).toEqual(['=shop.example']);
    expect(await entriesOf('ada')).toEqual([]);
    expect((await contoso.console.security.copy()).mailboxes).toEqual({ read: 3, unread: 0 });
  });

  test('without the permission are not read yet, and the organisation’s copy is complete all the same', async () => {
    world.tenant.junk.set('ada@contoso.example', failure('forbidden', 'Mail Recipients'));
    await install();
    expect((await contoso.console.security.lists()).copiedAt).not.toBeNull();
    const copy = await contoso.console.security.copy();
    expect(copy.mailboxes).toEqual({ read: 0, unread: 2 });
    expect(copy.report?.users).toMatchObject({ state: 'failed' });
    expect(copy.report?.users.detail).toMatch(/^not read yet: .*Mail Recipients/);

    world.tenant.junk.set('ada@contoso.example', { blocked: ['shop.example'] });
    world.advance(1000);
    await contoso.console.security.copyUsers();
    await world.runJobs();
    expect((await contoso.console.security.copy()).mailboxes).toEqual({ read: 2, unread: 0 });
  });

  test('of one that cannot be read are passed over and named; the others are read', async () => {
    world.tenant.junk.set('ada@contoso.example', failure('not-found', 'no mailbox'));
    await install();
    const copy = await contoso.console.security.copy();
    expect(copy.mailboxes).toEqual({ read: 1, unread: 1 });
    expect(copy.report?.users).toMatchObject({
      state: 'done',
      unreadable: [{ address: 'ada@contoso.example', detail: 'no mailbox' }],
    });
  });

  test('that fail for the moment are tried again by the queue, and what was read stays', async () => {
    world.tenant.junk.set('ben@contoso.example', failure('throttled', 'slow down'));
    await installEveryone(world, contoso);
    await expect(world.runJobs()).rejects.toThrow(/slow down/);
    expect((await contoso.console.security.copy()).mailboxes).toEqual({ read: 1, unread: 1 });
  });
});

test('nothing readable at all says what to do, and copies nothing', async () => {
  Object.assign(world.tenant.tenantLists, { read: () => Promise.reject(failure('forbidden')) });
  await install();
  const { copyDetail, copiedAt } = await contoso.console.security.lists();
  expect(copiedAt).toBeNull();
  expect(copyDetail).toMatch(/^not copied yet: The application may not do this/);
});
