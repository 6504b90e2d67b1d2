import { DatabaseUnavailableError, type Database, type Signal } from '@holdfast/application';
import type { EmergencyEvent } from '@holdfast/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from './connect.ts';
import { createDatabase } from './database.ts';
import { isMarkedAsDemo, markAsDemo } from './demo-mark.ts';
import { openTestDatabase, SILENT, type OpenTestDatabase } from './testing/open-test-database.ts';
import { AT, makeOrganisation, fill, tenantObject } from './testing/records.ts';
import { uuidAt } from './uuid.ts';

/** For a signal, on a busy machine. Unit: ms. */
const PATIENCE = 10_000;

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;
let megan: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
  const [id] = await fill(database, contoso, { objects: [tenantObject('megan@contoso.example')] });
  megan = id ?? '';
});

afterAll(() => opened.close());

describe('a server that is not there', () => {
  it('is DatabaseUnavailableError everywhere', async () => {
    const away = createDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', log: SILENT });

    await expect(away.ping()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await expect(
      away.withinOrganisation(contoso, ({ organisation }) => organisation.get()),
    ).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await expect(away.listen(() => undefined)).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await away.close();
  });

  it('is never blamed for what the caller threw', async () => {
    const mine = Object.assign(new Error('no such file'), { code: 'ENOENT' });

    await expect(database.acrossOrganisations(() => Promise.reject(mine))).rejects.toBe(mine);
  });
});

describe('tries at signing in', () => {
  it('are counted and taken back without a login or an address in clear', async () => {
    const key = 'portal-login-client:megan@contoso.example 192.0.2.1';
    const count = () =>
      database.acrossOrganisations((system) => system.countAttempt(key, AT, 60_000));
    expect([await count(), await count()]).toEqual([0, 1]);
    const sql = connect(opened.url, 1);
    const rows = await sql`select key from sign_in_attempts`;
    await sql.end();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/megan|192/);
    await database.acrossOrganisations((system) =>
      system.forgetAttempts({ all: [], latest: [key] }),
    );
    expect(await count()).toBe(1);
    await database.acrossOrganisations((system) =>
      system.forgetAttempts({ all: [key], latest: [] }),
    );
    expect(await count()).toBe(0);
  });

  it('are taken back one each, also at the same moment', async () => {
    const key = 'portal-client:192.0.2.9';
    const many = Array.from({ length: 12 });
    const work = <T>(ask: Parameters<typeof database.acrossOrganisations<T>>[0]) =>
      Promise.all(many.map(() => database.acrossOrganisations(ask)));
    await work((system) => system.countAttempt(key, AT, 60_000));
    await work((system) => system.forgetAttempts({ all: [], latest: [key] }));
    const count = await database.acrossOrganisations((system) =>
      system.countAttempt(key, AT, 60_000),
    );
    expect(count).toBe(0);
  });
});

describe('signals', () => {
  it('arrive after commit, never after a rollback, and again after the connection was lost', async () => {
    const heard: Signal[] = [];
    const stop = await database.listen((signal) => heard.push(signal));
    const mailbox: Signal = { channel: 'mailbox', organisationId: contoso, userIds: [megan] };
    await expect(
      database.withinOrganisation(contoso, async (transaction) => {
        await transaction.notify({ channel: 'snapshot' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');

    await database.withinOrganisation(contoso, (transaction) => transaction.notify(mailbox));
    await vi.waitFor(() => expect(heard).toEqual([mailbox]), PATIENCE);

    const sql = connect(opened.url, 1);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen%'`;
    await sql.end();
    // The reconnection tells itself: something may have been missed.
    await vi.waitFor(() => expect(heard).toContainEqual({ channel: 'snapshot' }), PATIENCE);
    await database.acrossOrganisations((transaction) => transaction.notify(mailbox));
    await vi.waitFor(() => expect(heard.at(-1)).toEqual(mailbox), PATIENCE);
    await stop();
  });

  it('carry ten thousand users in pieces that PostgreSQL takes', async () => {
    const heard: Signal[] = [];
    const stop = await database.listen((signal) => heard.push(signal));
    const userIds = Array.from({ length: 10_000 }, () => uuidAt(AT));

    await database.withinOrganisation(contoso, (transaction) =>
      transaction.notify({ channel: 'mailbox', organisationId: contoso, userIds }),
    );

    const users = () =>
      heard.flatMap((signal) => (signal.channel === 'mailbox' ? signal.userIds : []));
    await vi.waitFor(() => expect(users()).toHaveLength(10_000), PATIENCE);
    await stop();
  });
});

describe('decisions that have no row yet', () => {
  it('let two starts of an event take turns: the second sees the first', async () => {
    const event = (id: string): Extract<EmergencyEvent, { phase: 'active' }> => ({
      phase: 'active',
      id,
      scope: { kind: 'everyone' },
      reason: 'outage',
      startedAt: AT,
      outageSince: AT,
      startedBy: 'admin',
      generation: 1,
      relay: 'keep-trying',
      endsAt: null,
      noticesAt: AT,
    });
    const start = () =>
      database.withinOrganisation(contoso, async ({ events }) => {
        const current = await events.lockCurrent();
        if (current !== null) return current.id;
        const started = event(uuidAt(AT));
        await events.append(started, [{ type: 'started', event: started }], 'admin', AT);
        return started.id;
      });

    const ids = await Promise.all([start(), start(), start()]);

    expect(new Set(ids).size).toBe(1);
    const log = await database.withinOrganisation(contoso, ({ events }) =>
      events.log(ids[0] ?? ''),
    );
    expect(log.map(({ fact }) => fact.type)).toEqual(['started']);
  });

  it('count sign-in attempts that come at once', async () => {
    const counts = await Promise.all(
      [0, 0, 0, 0].map(() =>
        database.acrossOrganisations((system) => system.countAttempt('ip:192.0.2.1', AT, 60_000)),
      ),
    );

    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    expect(
      await database.acrossOrganisations((system) =>
        system.countAttempt('ip:192.0.2.1', AT + 60_001, 60_000),
      ),
    ).toBe(0);
  });
});

describe('people', () => {
  it('have credentials that stay used when a notice is sent again, and end when revoked', async () => {
    await database.withinOrganisation(contoso, async ({ events }) => {
      const current = await events.current();
      const credential = {
        eventId: current?.id ?? '',
        userId: megan,
        generation: 1,
        passwordMac: 'mac',
        expiresAt: AT + 1000,
        usedAt: null,
      };
      await events.saveCredential({ ...credential, usedAt: AT + 5 });
      await events.saveCredential(credential);
      expect(await events.credentials(credential.eventId, megan)).toEqual([
        { ...credential, usedAt: AT + 5 },
      ]);
      await events.revokeCredentials(credential.eventId, AT + 10);
      expect(await events.credentials(credential.eventId, megan)).toMatchObject([
        { expiresAt: AT + 10 },
      ]);
    });
  });

  it('share a channel value visibly, and sign in by the hash of a token only while it lasts', async () => {
    const session = {
      id: uuidAt(AT),
      organisationId: contoso,
      subjectId: megan,
      createdAt: AT,
      expiresAt: AT + 1000,
      mustChoosePassword: true,
      method: 'temporary-password' as const,
      device: 'Safari on iPhone',
      network: '192.0.2.1',
      lastSeenAt: 1,
    };
    await database.withinOrganisation(contoso, async ({ channels, accounts, uploads }) => {
      await channels.save({
        userId: megan,
        kind: 'sms',
        channel: { state: 'given', value: '+491512345', givenAt: AT, challenge: null },
        challengeId: null,
        shared: false,
        weak: false,
      });
      expect(await channels.isShared('sms', '+491512345', uuidAt(AT))).toBe(true);
      expect(await channels.isShared('sms', '+491512345', megan)).toBe(false);
      await accounts.createPortalSession({ ...session, tokenHash: 'hash' });
      const content = Uint8Array.from([0, 255, 10]);
      const upload = { id: uuidAt(AT), fileName: 'a.bin', contentType: 'x/y', content };
      await uploads.save({ ...upload, userId: megan, at: AT });
      expect(await uploads.read(megan, [upload.id])).toEqual([upload]);
    });

    await database.acrossOrganisations(async (system) => {
      expect(await system.portalSession('hash', AT + 999)).toEqual(session);
      expect(await system.portalSession('hash', AT + 1000)).toBeNull();
      expect(await system.protectedUserByAddress('Megan@contoso.example')).toBeNull();
    });
  });
});

describe('the mark of a demo', () => {
  it('is not there before it is set', async () => {
    expect(await isMarkedAsDemo(opened.url)).toBe(false);
    await markAsDemo(opened.url);
    expect(await isMarkedAsDemo(opened.url)).toBe(true);
  });
});
