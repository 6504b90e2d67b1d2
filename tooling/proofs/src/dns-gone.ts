import { installedData } from '@holdfast/e2e/prepared-demo';
import { waitFor } from '@holdfast/e2e/wait-for';
import { smallMessage } from '@holdfast/e2e/mail';
import { sendLoad, type LoadMessage } from '@holdfast/e2e/smtp-client';
import { startMailPath, type MailPath } from '@holdfast/rig/mail-path';
import { startKeepingSink } from '@holdfast/rig/keeping-sink';
import { PLAIN_RECIPIENT, PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import type { Proof, ProofForm } from './proof.ts';

const SECOND = 1000;
const MESSAGES: Readonly<Record<ProofForm, number>> = { short: 40, long: 1000 };
const CONNECTIONS = 10;
/** Seconds that checking a sender may take here; the product's own is 10. */
const BUDGET = 2;
/** What a message may take on top of the budget on a busy machine. Unit: milliseconds. */
const SLACK = 4 * SECOND;
const PATIENCE = 150 * SECOND;

export const proof: Proof = {
  name: 'dns-gone',
  says: 'without DNS mail is accepted within the budget, flagged, and waits; once DNS is back it is delivered',
  needs: [],
  prepare: installedData,
  async run(form) {
    await using path = await startMailPath({ HOLDFAST_FILTER_BUDGET: String(BUDGET) });
    const sink = await startKeepingSink(path.tenantPort);
    try {
      path.dns.silence(true);
      for (const role of ['mx', 'ingest', 'relay'] as const) await path.start(role);
      const slowest = await accept(path, MESSAGES[form]);
      await waitFor(
        'the relay to have tried and put off what it cannot place',
        async () => (await counts(path)).deferred > 0,
        { patience: PATIENCE, instead: () => counts(path) },
      );
      const before = sink.messages.length;
      path.dns.silence(false);
      await hurry(path, MESSAGES[form]);
      await waitFor('every message to arrive', () => arrived(sink.messages) >= MESSAGES[form], {
        patience: PATIENCE,
        instead: () => arrived(sink.messages),
      });
      const unjudged = sink.messages.filter(({ raw }) =>
        /^Authentication-Results:.*temperror/ms.test(raw),
      );
      if (unjudged.length < MESSAGES[form]) {
        throw new Error(`Only ${unjudged.length} messages say that their sender was not judged.`);
      }
      return [
        `${MESSAGES[form]} accepted without DNS, the slowest after ${(slowest / SECOND).toFixed(1)} s of a budget of ${BUDGET} s`,
        `${before} reached Office 365 meanwhile, all once DNS was back; each says that it was not judged`,
      ];
    } finally {
      await sink.stop();
    }
  },
};

/** Milliseconds that the slowest took. */
async function accept(path: MailPath, count: number): Promise<number> {
  const begun = new Map<number, number>();
  const report = await sendLoad({
    port: path.mxPort,
    connections: CONNECTIONS,
    count,
    message(number) {
      begun.set(number, Date.now());
      return message(number);
    },
  });
  if (report.accepted.length < count || report.deferred > 0) {
    throw new Error(`${report.accepted.length} of ${count} accepted, ${report.deferred} put off.`);
  }
  const slowest = Math.max(
    ...report.accepted.map(({ messageId, at }) => at - (begun.get(numberOf(messageId)) ?? at)),
  );
  if (slowest > BUDGET * SECOND + SLACK) {
    throw new Error(`A message waited ${slowest} ms for a resolver that does not answer.`);
  }
  return slowest;
}

async function counts(path: MailPath): Promise<{ deferred: number; bounced: number }> {
  const [row] = await path.sql<{ deferred: number; bounced: number }[]>`
    select count(*) filter (where state = 'deferred')::int as deferred,
      count(*) filter (where state = 'bounced')::int as bounced
    from deliveries`;
  const found = row ?? { deferred: 0, bounced: 0 };
  if (found.bounced > 0) throw new Error(`${found.bounced} messages bounced for want of DNS.`);
  return found;
}

/** What an administrator does with “retry now”: the proof does not wait for the back-off. */
async function hurry(path: MailPath, count: number): Promise<void> {
  await waitFor(
    'every message to have its row',
    async () => {
      const [row] = await path.sql<{ known: number }[]>`
        select count(*)::int as known from messages where message_id like '<dns-%'`;
      return (row?.known ?? 0) >= count;
    },
    { patience: PATIENCE },
  );
  await path.sql`update deliveries set due_at = now() where state = 'deferred'`;
}

const numberOf = (messageId: string): number => Number(/^<dns-(\d+)@/.exec(messageId)?.[1]);

/** Different Message-IDs of this proof. */
function arrived(messages: readonly { readonly raw: string }[]): number {
  return new Set(messages.flatMap(({ raw }) => /^Message-ID: (<dns-.*)$/m.exec(raw)?.[1] ?? []))
    .size;
}

function message(number: number): LoadMessage {
  const messageId = `<dns-${number}@fabrikam.example>`;
  const recipient = number % 2 === 0 ? PROTECTED_RECIPIENT : PLAIN_RECIPIENT;
  const envelope = { messageId, from: SENDER };
  return { ...envelope, recipient, raw: smallMessage({ ...envelope, to: recipient }) };
}
