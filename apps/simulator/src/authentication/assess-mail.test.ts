import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { Client } from '../testing.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 0 });
  client = new Client(simulator);
});
beforeEach(() => client.control('/reset', {}));
afterAll(() => simulator.stop());

/** Sent by the simulator's own mail servers to another of them; what the receiving one found. */
async function found(from: string, sign: boolean) {
  await client.control('/send', {
    from,
    to: 'lee@northwind.example',
    subject: 'Größe',
    text: 'Two  spaces, and a line \n\nthat ends with one.',
    mx: `127.0.0.1:${simulator.smtpPort}`,
    sign,
  });
  const [message] = await client.external('lee@northwind.example');
  return message?.authentication;
}

test.each([
  ['sent from where its domain says', 'a@fabrikam.example', false, 'pass', 'none', 'pass'],
  ['signed as well', 'a@fabrikam.example', true, 'pass', 'pass', 'pass'],
  ['signed, from elsewhere', 'a@spoofed.example', true, 'fail', 'pass', 'pass'],
  ['from elsewhere and unsigned', 'a@spoofed.example', false, 'fail', 'none', 'fail'],
  ['of a domain that says nothing', 'a@plain.example', false, 'none', 'none', 'none'],
])('mail %s', async (_what, from, sign, spf, dkim, dmarc) => {
  expect(await found(from, sign)).toMatchObject({ spf, dkim, dmarc });
});

test('a client on this machine counts with the address that it stands for', async () => {
  await client.control('/senders', { greeting: 'mail.spoofed.example', address: '192.0.2.7' });
  expect(await found('a@spoofed.example', false)).toMatchObject({ spf: 'pass', dmarc: 'pass' });
});

test('a key that is not the one that signed fails', async () => {
  await client.control('/dns', {
    name: 'sim._domainkey.fabrikam.example',
    type: 'TXT',
    values: ['v=DKIM1; p=MIIB'],
  });
  expect(await found('a@fabrikam.example', true)).toMatchObject({ dkim: 'fail', spf: 'pass' });
});
