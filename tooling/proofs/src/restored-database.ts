import { join } from 'node:path';
import { smallMessage } from '@holdfast/e2e/mail';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { sendLoad } from '@holdfast/e2e/smtp-client';
import { waitFor } from '@holdfast/e2e/wait-for';
import { startMailPath, type MailPath } from '@holdfast/rig/mail-path';
import { PLAIN_RECIPIENT, PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { startSmtpSink } from '@holdfast/rig/smtp-sink';
import { SENDER } from '@holdfast/rig/sender-domain';
import type { Proof, ProofForm } from './proof.ts';
import { idOf, idsIn } from './spool/accepted-ids.ts';

const MESSAGES: Readonly<Record<ProofForm, number>> = { short: 300, long: 10_000 };
const CONNECTIONS = 10;
/** Everything is read and sent a second time. Unit: milliseconds. */
const PATIENCE = 600_000;
const BACKUP = 'holdfast_backup';
const BROKEN = 'holdfast_broken';

export const proof: Proof = {
  name: 'restored-database',
  says: 'a database from an older backup reads the spool again: loss 0, and doubles only of what came since',
  needs: ['smtp-sink'],
  prepare: installedData,
  async run(form) {
    // What is read again may be old enough by then to count as a backlog, which a mailbox gets at a pace.
    await using path = await startMailPath({ HOLDFAST_MAILBOX_RATE: '0' });
    await using stack = new AsyncDisposableStack();
    const sink = await startSmtpSink({ port: path.tenantPort });
    stack.defer(() => sink.stop());
    await path.start('mx');
    await startReaders(path);
    const before = await send(path, 'before', MESSAGES[form]);
    await delivered(path, before);
    await stopReaders(path);
    const database = await takeBackup(path);
    await startReaders(path);
    const since = await send(path, 'since', MESSAGES[form]);
    await delivered(path, [...before, ...since]);
    const takenOnce = sink.messages();
    await stopReaders(path);
    await putBack(path, database);
    const known = await rowsOf(path, [...before, ...since]);
    if (known !== before.length)
      throw new Error(`The backup has ${known} messages, not the ${before.length} from before.`);
    // What comes while the database is being restored is taken as ever.
    const meanwhile = await send(path, 'meanwhile', 50);
    await startReaders(path);
    const all = [...before, ...since, ...meanwhile];
    await delivered(path, all);
    const spooled = await idsIn(join(path.directory, 'spool'));
    const lost = all.filter((id) => !spooled.has(id));
    if (lost.length > 0) throw new Error(`${lost.length} messages have a 250 and are nowhere.`);
    const again = sink.messages() - takenOnce - meanwhile.length;
    if (again > since.length)
      throw new Error(`${again} messages were sent again; only ${since.length} came since.`);
    return [
      `${before.length} messages before the backup, ${since.length} since, ${meanwhile.length} during the restoration: all are rows again and delivered, loss 0`,
      `sent a second time: ${again}, all of them from after the backup`,
    ];
  },
};

async function startReaders(path: MailPath): Promise<void> {
  for (const role of ['ingest', 'relay'] as const) await path.start(role);
}

async function stopReaders(path: MailPath): Promise<void> {
  for (const role of ['relay', 'ingest'] as const) await path.stop(role);
}

/** Resolves to the ids of the records, out of mx's replies. */
async function send(path: MailPath, name: string, count: number): Promise<readonly string[]> {
  const load = await sendLoad({
    port: path.mxPort,
    connections: CONNECTIONS,
    count,
    message(number) {
      const messageId = `<restored-${name}-${number}@fabrikam.example>`;
      const recipient = number % 2 === 0 ? PROTECTED_RECIPIENT : PLAIN_RECIPIENT;
      const raw = smallMessage({ from: SENDER, to: recipient, messageId, body: 'x\r\n' });
      return { messageId, from: SENDER, recipient, raw };
    },
  });
  if (load.accepted.length < count)
    throw new Error(`mx accepted ${load.accepted.length} of ${count} messages.`);
  return load.accepted.map(({ reply }) => idOf(reply));
}

async function delivered(path: MailPath, ids: readonly string[]): Promise<void> {
  let last: unknown;
  await waitFor(
    `${ids.length} messages to be delivered`,
    async () => {
      const [row] = await path.sql`
        select count(distinct message_id)::int as messages from deliveries
        where state = 'delivered' and message_id = any(${[...ids]}::uuid[])`;
      last = row;
      return row?.['messages'] === ids.length;
    },
    { patience: PATIENCE, pause: 200, instead: () => last },
  );
}

/** Asked again while our own connections to the database that is gone are still being closed. */
async function rowsOf(path: MailPath, ids: readonly string[]): Promise<number> {
  const row = await waitFor('the restored database to answer', async () => {
    const rows = await path.sql`
      select count(*)::int as messages from messages where id = any(${[...ids]}::uuid[])`.catch(
      () => [],
    );
    return rows[0] ?? false;
  });
  return Number(row['messages']);
}

/** A copy of the database as it is now; resolves to the name of the original. */
async function takeBackup(path: MailPath): Promise<string> {
  const [row] = await path.sql`select current_database() as name`;
  const database = String(row?.['name']);
  await disconnect(path, database);
  await path.maintenance.unsafe(`create database ${BACKUP} template ${database}`);
  return database;
}

async function putBack(path: MailPath, database: string): Promise<void> {
  await disconnect(path, database);
  await path.maintenance.unsafe(`alter database ${database} rename to ${BROKEN}`);
  await path.maintenance.unsafe(`alter database ${BACKUP} rename to ${database}`);
}

async function disconnect(path: MailPath, database: string): Promise<void> {
  await path.maintenance`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`;
  await waitFor('everyone to be gone from the database', async () => {
    const [row] = await path.maintenance`
      select count(*)::int as there from pg_stat_activity where datname = ${database}`;
    return row?.['there'] === 0;
  });
}
