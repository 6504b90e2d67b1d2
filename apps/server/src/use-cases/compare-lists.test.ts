import { TenantError } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listItem, tenantLists } from './testing/fake-tenant.ts';
import { refusalFrom } from './testing/refusal.ts';
import { installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  await world.runJobs();
});
afterEach(() => world.close());

const values = (entries: readonly { readonly value: string }[]) =>
  entries.map(({ value }) => value);

describe('the difference to Office 365', () => {
  test('is none right after the copy, and changes nothing', async () => {
    const before = await contoso.console.security.lists();
    const view = await contoso.console.security.compare();
    expect(view).toMatchObject({
      same: 2,
      counts: { onlyThere: 0, onlyHere: 0, different: 0, refused: 2 },
      unread: [],
    });
    expect(await contoso.console.security.lists()).toEqual(before);
  });

  test('shows what is only there, only here, and said differently', async () => {
    await contoso.console.security.add({ kind: 'block', values: ['here.example'] });
    world.tenant.lists = tenantLists(
      [
        listItem('allow', 'spammer@bad.example'),
        listItem('allow', '*.partner.example'),
        listItem('block', 'new.example'),
        listItem('block', 'board@x.example', 'Board'),
      ],
      [
        {
          policy: 'Board',
          priority: 0,
          enabled: true,
          sentTo: ['ada@contoso.example'],
          memberOf: [],
          domains: [],
          exceptSentTo: [],
          exceptMemberOf: [],
          exceptDomains: [],
        },
      ],
    );
    const view = await contoso.console.security.compare();
    expect(values(view.onlyThere)).toEqual(['=new.example', 'board@x.example']);
    expect(view.onlyThere[1]?.userAddress).toBe('ada@contoso.example');
    expect(values(view.onlyHere)).toEqual(['here.example']);
    expect(view.different).toMatchObject([
      { here: { kind: 'block' }, there: { kind: 'allow', value: 'spammer@bad.example' } },
    ]);
    expect(view.same).toBe(1);
  });

  test('is taken over only as chosen, in the place of ours where that is meant, and audited', async () => {
    world.tenant.lists = tenantLists([
      listItem('allow', 'spammer@bad.example'),
      listItem('block', 'new.example'),
      listItem('block', 'other.example'),
    ]);
    const { onlyThere, different } = await contoso.console.security.compare();
    const [pair] = different;
    const [first] = onlyThere;
    if (pair === undefined || first === undefined) throw new Error('nothing to choose from');
    await contoso.console.security.takeFromTenant({
      entries: [first, { ...pair.there, replaces: pair.here.id }],
    });
    const { entries } = await contoso.console.security.lists();
    expect(entries.map(({ kind, value }) => `${kind} ${value}`).toSorted()).toEqual([
      'allow partner.example',
      'allow spammer@bad.example',
      'block =new.example',
    ]);
    const [audit] = await world.ports.database.withinOrganisation(contoso.id, (r) =>
      r.audit.recent(1),
    );
    expect(audit).toMatchObject({
      action: 'lists.taken-over',
      actor: contoso.actor.email,
      details: {
        entries: ['block =new.example', 'allow spammer@bad.example'],
        replaced: ['block spammer@bad.example'],
      },
    });
  });

  test('takes over nothing that the lists would refuse', async () => {
    const take = (entry: { value: string; forDomain?: string }) =>
      contoso.console.security.takeFromTenant({ entries: [{ kind: 'allow', ...entry }] });
    expect((await refusalFrom(take({ value: 'contoso.example' }))).code).toBe('lists.own-domain');
    const strange = take({ value: 'x.example', forDomain: 'elsewhere.example' });
    expect((await refusalFrom(strange)).code).toBe('domains.unknown');
  });

  test('says what could not be read; without any answer it is refused with what to do', async () => {
    world.tenant.lists = {
      ...world.tenant.lists,
      sections: world.tenant.lists.sections.map(({ section }) => ({
        section,
        failure: section === 'tenant-ips' ? 'You may not.' : null,
      })),
    };
    expect((await contoso.console.security.compare()).unread).toEqual([
      { section: 'tenant-ips', detail: 'You may not.' },
    ]);
    world.tenant.failure = new TenantError({ code: 'forbidden', detail: 'no', retryAfter: null });
    const refusal = await refusalFrom(contoso.console.security.compare());
    expect(refusal.code).toBe('connection.failed');
    expect(refusal.message).toContain('Grant the permission');
  });
});
