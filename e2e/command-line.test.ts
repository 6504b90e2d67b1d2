import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FailureAnswer, TraceRow, UserRow } from './src/command-answers.ts';
import { runCommand } from './src/command-line.ts';
import { installEverywhere } from './src/install.ts';
import { newMessageId, sendMail, smallMessage } from './src/mail.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';

/** Every command, with its options as scripts and documentation name them. */
const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  [
    '',
    ['start', 'organisation', 'install', 'users', 'event', 'trace', 'queue', 'status', 'ledger'],
  ],
  ['start', ['--demo', '--installed']],
  ['organisation', ['create']],
  ['organisation create', ['--name', '--json']],
  ['install', ['--protect', '--new-users', '--json']],
  ['users', ['list', 'protect', 'unprotect', 'request-info']],
  ['users list', ['--json']],
  ['users protect', ['--json']],
  ['users unprotect', ['--json']],
  ['users request-info', ['--json']],
  ['event', ['start', 'end', 'status']],
  ['event start', ['--scope', '--reason', '--yes', '--json']],
  ['event end', ['--yes', '--json']],
  ['event status', ['--json']],
  ['trace', ['--message-id', '--recipient', '--json']],
  ['queue', ['--json']],
  ['status', ['--json']],
  ['ledger', ['--json']],
  ['doctor', ['--json']],
];

const words = (line: string): readonly string[] => line.split(' ').filter((word) => word !== '');

describe('holdfast --help', () => {
  test.concurrent.each(COMMANDS)('holdfast %s --help', async (command, names) => {
    const result = await runCommand([...words(command), '--help'], {});
    expect(result.exit).toBe(0);
    expect(result.stderr).toBe('');
    for (const name of names) expect(result.stdout).toContain(name);
    expect(result.stdout).not.toMatch(/^ +role\b/m);
  });

  test.concurrent.each([
    ['an unknown command', 'frobnicate'],
    ['an unknown option', 'status --frobnicate'],
    ['a missing option', 'install --protect all'],
  ])('%s ends with 64 and says where help is', async (_what, command) => {
    const result = await runCommand(words(command), {});
    expect(result.exit).toBe(64);
    expect(result.stdout).toBe('');
    expect(result.stderr).toContain('--help');
  });
});

describe('holdfast against a running product', () => {
  let product: Product;
  reportLogsOfFailures(() => product);
  beforeAll(async () => {
    product = await bootProduct({ roles: ['mx', 'ingest', 'relay', 'worker'] });
  });
  afterAll(() => product?.stop());

  const run = (line: string) => product.holdfast(...words(line));
  const codeOf = (json: unknown): string => (json as FailureAnswer).error.code;

  test('before the installation status says so', async () => {
    const status = await run('status --json');
    expect(status).toMatchObject({
      exit: 0,
      json: { organisation: 'Contoso', installed: false, event: null },
    });
  });

  test('without --json people get sentences', async () => {
    const status = await run('status');
    expect(status.exit).toBe(0);
    expect(status.json).toBeNull();
    expect(status.stdout).toContain('Contoso: not installed yet');
  });

  test('naming what cannot be protected is refused, with the reason, and nothing is installed', async () => {
    const refused = await run(
      'install --protect suggestions@contoso.example --new-users on --json',
    );
    expect(refused.exit).toBe(64);
    expect(codeOf(refused.json)).toBe('users.ineligible');
    const unknown = await run('install --protect nobody@contoso.example --new-users on --json');
    expect(unknown.exit).not.toBe(0);
    const wrong = await run('install --protect all --new-users perhaps --json');
    expect(wrong.exit).toBe(64);
    expect((await run('status --json')).json).toMatchObject({ installed: false });
  });

  test('status', async () => {
    await installEverywhere(product);
    const { exit, json } = await run('status --json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      organisation: 'Contoso',
      installed: true,
      primary: { state: expect.any(String), since: expect.stringMatching(/^\d{4}-.*Z$/) },
      event: null,
      coverage: { protected: expect.any(Number), reachable: 0 },
    });
  });

  test('users list: exactly the documented fields', async () => {
    const { exit, json } = await run('users list --json');
    expect(exit).toBe(0);
    const users = json as UserRow[];
    for (const user of users) {
      expect(Object.keys(user)).toEqual([
        'address',
        'kind',
        'protected',
        'eligible',
        'reason',
        'alternateInfo',
      ]);
    }
    const by = (address: string): UserRow | undefined =>
      users.find((user) => user.address === address);
    expect(by('lee.gu@contoso.example')).toMatchObject({
      protected: true,
      eligible: true,
      reason: null,
    });
    expect(by('admin@contoso.onmicrosoft.com')).toMatchObject({
      eligible: false,
      reason: 'initial-domain',
    });
    for (const address of ['sales@contoso.example', 'suggestions@contoso.example']) {
      expect(by(address)).toMatchObject({
        protected: false,
        eligible: false,
        reason: expect.any(String),
      });
    }
  });

  test('users unprotect and protect', async () => {
    const out = await run('users unprotect lee.gu@contoso.example --json');
    expect(out).toMatchObject({ exit: 0, json: { protected: 0, unprotected: 1, refused: [] } });
    const back = await run('users protect lee.gu@contoso.example --json');
    expect(back).toMatchObject({ exit: 0, json: { protected: 1, unprotected: 0, refused: [] } });
    const refused = await run('users protect sales@contoso.example --json');
    expect(refused.exit).toBe(64);
    expect(JSON.stringify(refused.json)).toContain('sales@contoso.example');
  });

  test('users request-info', async () => {
    const asked = await run('users request-info lee.gu@contoso.example --json');
    expect(asked).toMatchObject({ exit: 0, json: { asked: expect.any(Number) } });
    const unknown = await run('users request-info nobody@contoso.example --json');
    expect(unknown.exit).toBe(66);
  });

  test('trace, queue and ledger: exactly the documented fields', async () => {
    await product.world.outage('transport');
    const messageId = newMessageId();
    const [from, to] = ['mona.kane@fabrikam.example', 'lee.gu@contoso.example'];
    const raw = smallMessage({ from, to, messageId });
    await sendMail({ port: product.facts.mxPort, from, to, raw });
    const rows = await waitFor('the message to be known', async () => {
      const traced = await run(`trace --message-id ${messageId} --json`);
      return traced.exit === 0 && (traced.json as TraceRow[]);
    });
    expect(rows).toEqual([
      {
        messageId,
        recipient: to,
        state: expect.stringMatching(/^(queued|leased|deferred|held)$/),
        reply: rows[0]?.reply,
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        sender: from,
        subject: rows[0]?.subject,
        acceptedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        id: expect.any(String),
        record: expect.any(String),
      },
    ]);
    const withoutBrackets = await run(`trace --message-id ${messageId.slice(1, -1)} --json`);
    expect(withoutBrackets.exit).toBe(0);
    const byRecipient = await run(`trace --recipient ${to.toUpperCase()} --json`);
    expect((byRecipient.json as TraceRow[]).map((row) => row.messageId)).toContain(messageId);
    expect((await run('trace --message-id <none@fabrikam.example> --json')).exit).toBe(66);
    expect((await run('trace --json')).exit).toBe(64);

    expect((await run('queue --json')).json).toContainEqual(
      expect.objectContaining({ recipient: to, state: expect.any(String) }),
    );
    const ledger = await run('ledger --json');
    expect(ledger).toMatchObject({
      exit: 0,
      json: {
        accepted: expect.any(Number),
        open: {
          queued: expect.any(Number),
          leased: expect.any(Number),
          deferred: expect.any(Number),
          held: expect.any(Number),
          quarantined: 0,
        },
        terminal: { delivered: 0, discarded: 0, bounced: 0 },
        balanced: true,
      },
    });
    expect((await run('ledger')).stdout).toContain('0 lost');
  });

  test('event start needs --yes, and there is one event at a time', async () => {
    const start = ['event', 'start', '--scope', 'all', '--reason', 'Office 365 is down', '--json'];
    const careful = await product.holdfast(...start);
    expect(careful.exit).toBe(64);
    expect((await run('event status --json')).json).toMatchObject({ phase: 'none' });
    const started = await product.holdfast(...start, '--yes');
    expect(started).toMatchObject({ exit: 0, json: { phase: 'active', scope: 'all' } });
    const again = await product.holdfast(...start, '--yes');
    expect(again.exit).toBe(65);
    expect(codeOf(again.json)).toMatch(/^event\./);
    expect((await run('event status --json')).json).toMatchObject({
      phase: 'active',
      reason: 'Office 365 is down',
    });
    expect((await run('status --json')).json).toMatchObject({ event: { phase: 'active' } });
  });

  test('event end needs --yes, too', async () => {
    expect((await run('event end --json')).exit).toBe(64);
    expect((await run('event status --json')).json).toMatchObject({ phase: 'active' });
    await product.world.outage('none');
    const ended = await run('event end --yes --json');
    expect(ended).toMatchObject({ exit: 0, json: { phase: 'recovering' } });
  });

  test('doctor', async () => {
    const { exit, json } = await run('doctor --json');
    expect(json).toMatchObject({ healthy: true });
    expect(exit).toBe(0);
  });

  test('with a second organisation it has to be said which', async () => {
    const created = await run('organisation create --name Fabrikam --json');
    expect(created.exit).toBe(0);
    const ambiguous = await run('status --json');
    expect(ambiguous.exit).toBe(64);
    expect(codeOf(ambiguous.json)).toBe('organisation.ambiguous');
    expect(ambiguous.stderr).toContain('Contoso');
    expect(ambiguous.stderr).toContain('Fabrikam');
    for (const [name, installed] of [
      ['Contoso', true],
      ['Fabrikam', false],
    ] as const) {
      const chosen = await run(`status --organisation ${name} --json`);
      expect(chosen).toMatchObject({ exit: 0, json: { organisation: name, installed } });
    }
    const unknown = await run('status --organisation Wingtip --json');
    expect(unknown.exit).toBe(66);
    expect(codeOf(unknown.json)).toBe('organisation.unknown');
  });
});
