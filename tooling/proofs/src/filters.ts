import { join } from 'node:path';
import { createSpoolReader } from '@holdfast/mail';
import { smallMessage } from '@holdfast/e2e/mail';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { sendLoad, type LoadMessage } from '@holdfast/e2e/smtp-client';
import { waitFor } from '@holdfast/e2e/wait-for';
import { startLoneMx, type LoneMx } from '@holdfast/rig/lone-mx';
import { PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import { EICAR, startClamd } from './filters/clamd.ts';
import { GTUBE, startRspamd } from './filters/rspamd.ts';
import type { Proof, ProofForm } from './proof.ts';

const AFTERWARDS: Readonly<Record<ProofForm, number>> = { short: 200, long: 5000 };
/** Seconds in which a filter has to answer on a busy machine; one that was killed refuses at once. */
const BUDGET = 30;
/** On no list; the rig's own sender is on the organisation's allow list. */
const STRANGER = 'somebody@unheard-of.example';
/** Above what mx keeps in memory, so that it reaches the filters in pieces. Unit: bytes. */
const BIG = 4 * 1024 * 1024;

interface Said {
  readonly reply: string;
  /** Milliseconds from the first command to the reply. */
  readonly took: number;
}

export const proof: Proof = {
  name: 'filters',
  says: 'Rspamd and clamd decide about spam and viruses, and mail is accepted, flagged, when they are gone',
  needs: ['rspamd', 'clamd'],
  prepare: installedData,
  async run(form) {
    await using rspamd = await startRspamd();
    await using clamd = await startClamd();
    await using mx = await startLoneMx({
      environment: {
        HOLDFAST_RSPAMD_URL: rspamd.url,
        HOLDFAST_CLAMD_URL: clamd.url,
        HOLDFAST_FILTER_BUDGET: String(BUDGET),
      },
    });
    const send = (name: string, body: string, from?: string): Promise<Said> =>
      sendOne(mx.port, messageOf(name, body, from));
    const filler = `${'An ordinary line.'.padEnd(70)}\r\n`;

    expectCode(await send('plain', filler), '250');
    const spam = await send('spam', `${GTUBE}\r\n`);

    expectCode(spam, '550');
    expectCode(await send('allowed-spam', `${GTUBE}\r\n`, SENDER), '250');
    expectCode(await send('virus', `${EICAR}\r\n`), '250');
    expectCode(await send('allowed-virus', `${EICAR}\r\n`, SENDER), '250');
    expectCode(await send('big-virus', `${filler.repeat(BIG / filler.length)}${EICAR}\r\n`), '250');

    await Promise.all([rspamd.kill(), clamd.kill()]);
    const first = await send('first-without', `${GTUBE}\r\n${EICAR}\r\n`);
    expectCode(first, '250');
    const count = AFTERWARDS[form];
    const after = await sendLoad({
      port: mx.port,
      connections: 8,
      count,
      message: (number) => messageOf(`without-${number}`, filler),
    });
    if (after.accepted.length !== count) {
      throw new Error(`${after.accepted.length} of ${count} were accepted without the filters.`);
    }
    await Promise.all([rspamd.start(), clamd.start()]);
    // mx asks for a sign of life every ten seconds; until it has noticed, spam is taken, flagged.
    let taken = 0;
    const back = await waitFor('the filters to be asked again', async () => {
      const said = await send(`back-${taken}`, `${GTUBE}\r\n`);
      if (said.reply.startsWith('550')) return said;
      taken += 1;
      return null;
    });
    await mx.role.stop();
    const found = await verdictsOf(mx);
    const expected = [
      'deliver clean',
      'deliver allow-list',
      'quarantine virus',
      'quarantine virus',
      'quarantine virus',
      ...Array.from({ length: count + 1 + taken }, () => 'tag filter-unavailable'),
    ];
    if (JSON.stringify(found.toSorted()) !== JSON.stringify(expected.toSorted())) {
      throw new Error(`The spool says: ${[...new Set(found)].join(', ')} (${found.length}).`);
    }
    return [
      `GTUBE by Rspamd: ${spam.reply}`,
      `EICAR by clamd: quarantined, whoever allows its sender, also at the end of one of ${BIG / 1024 / 1024} MiB`,
      `both killed: the next message took ${Math.round(first.took)} ms, ${count} more were accepted, all flagged`,
      `both back: GTUBE gets ${back.reply.slice(0, 9)} again`,
    ];
  },
};

function messageOf(name: string, body: string, from = STRANGER): LoadMessage {
  const messageId = `<filters-${name}@fabrikam.example>`;
  return {
    messageId,
    from,
    recipient: PROTECTED_RECIPIENT,
    raw: smallMessage({ from, to: PROTECTED_RECIPIENT, messageId, body }),
  };
}

async function sendOne(port: number, message: LoadMessage): Promise<Said> {
  const started = performance.now();
  const { accepted, notAccepted } = await sendLoad({
    port,
    connections: 1,
    count: 1,
    message: () => message,
  });
  const reply = accepted[0]?.reply ?? notAccepted[0]?.why ?? 'no reply';
  return { reply, took: performance.now() - started };
}

function expectCode({ reply }: Said, code: string): void {
  if (!reply.startsWith(code)) throw new Error(`Expected ${code}, and mx said: ${reply}`);
}

/** Verdict and reason of every record that this mx wrote; envelopes are read without a key. */
async function verdictsOf({ directory, role }: LoneMx): Promise<readonly string[]> {
  const keys = { keyOf: () => null, refresh: () => Promise.resolve() };
  const reader = createSpoolReader({ directory: join(directory, 'spool'), keys });
  const found: string[] = [];
  for (const { instance, segment } of await reader.segments()) {
    if (instance !== role.instance) continue;
    let from = { instance, segment, offset: 0 };
    for (;;) {
      const { records, next } = await reader.read(from, { records: 1000, bytes: 64 * 1024 * 1024 });
      for (const { envelope } of records) {
        for (const { verdict, reason } of envelope.recipients) found.push(`${verdict} ${reason}`);
      }
      if (next.offset === from.offset) break;
      from = next;
    }
  }
  return found;
}
