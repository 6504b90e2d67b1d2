import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './src/axe.ts';
import { launchChromium, PHONE, Visitor } from './src/browser.ts';
import { runCommand } from './src/command-line.ts';
import { occupiedPort } from './src/free-ports.ts';
import { childrenOf, isRunning, runningProcesses } from './src/processes.ts';
import {
  bootProduct,
  settingsFor,
  startSupervisor,
  type Product,
  type Role,
} from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';

const ROLES: readonly Role[] = ['mx', 'ingest', 'relay', 'worker'];
const STOP_ORDER: readonly Role[] = ['worker', 'relay', 'mx', 'ingest'];
/** Warm, on a machine that does something else besides; the README states what a quiet one takes. Milliseconds. */
const SECOND_START = 60_000;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-start-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('holdfast start --demo', () => {
  let product: Product;
  reportLogsOfFailures(() => product);
  afterAll(() => product?.stop());

  test('prints what a newcomer needs, and writes the same for scripts', async () => {
    product = await bootProduct({ roles: ROLES, dataDirectory: directory });
    const facts: unknown = JSON.parse(await readFile(join(directory, 'demo.json'), 'utf8'));
    const { HOLDFAST_ADMIN_PORT, HOLDFAST_PORTAL_PORT, HOLDFAST_MX_PORT, HOLDFAST_SIMULATOR_PORT } =
      product.environment;
    expect(facts).toEqual({
      adminUrl: `http://localhost:${HOLDFAST_ADMIN_PORT}`,
      portalUrl: `http://localhost:${HOLDFAST_PORTAL_PORT}`,
      adminEmail: 'admin@contoso.example',
      adminPassword: expect.stringMatching(/^\S{10,}$/),
      mxPort: Number(HOLDFAST_MX_PORT),
      simulatorUrl: `http://127.0.0.1:${HOLDFAST_SIMULATOR_PORT}`,
    });
    const { stdout } = product.output();
    expect(stdout).toContain(product.facts.adminUrl);
    expect(stdout).toContain(product.facts.portalUrl);
    expect(stdout).toContain(product.facts.adminEmail);
    expect(stdout).toContain(product.facts.adminPassword);
    expect(stdout).toContain(`127.0.0.1:${product.facts.mxPort}`);
    expect(stdout).toContain('/control/send');
    expect(stdout).toContain('/control/outage');
  });

  test('a second start on the same data directory refuses with a sentence', async () => {
    const environment = {
      ...(await settingsFor({ roles: ROLES }, directory)),
    };
    const second = await runCommand(['start', '--demo'], environment);
    expect(second.exit).toBe(75);
    expect(second.stderr).toContain(`already running on ${directory}`);
    expect(second.stderr).toContain(`process ${product.supervisorPid}`);
    expect(second.stderr).toContain('HOLDFAST_DATA_DIR');
    expect(second.stderr).not.toMatch(/^\s+at /m);
    // The running one is not harmed by it.
    expect(isRunning(product.supervisorPid)).toBe(true);
    const facts: unknown = JSON.parse(await readFile(join(directory, 'demo.json'), 'utf8'));
    expect(facts).toEqual(product.facts);
    expect((await product.holdfast('status', '--json')).exit).toBe(0);
  });

  test.each([
    ['MX', 'HOLDFAST_MX_PORT'],
    ['control page', 'HOLDFAST_SIMULATOR_PORT'],
  ])('a port in use (%s) says which and how to change it', async (_what, setting) => {
    const taken = await occupiedPort();
    const other = await mkdtemp(join(tmpdir(), 'holdfast-start-'));
    try {
      const settings = await settingsFor({ roles: ['mx'] }, other);
      const result = await runCommand(['start', '--demo'], {
        ...settings,
        [setting]: String(taken.port),
      });
      expect(result.exit).toBe(75);
      expect(result.stderr).toContain(String(taken.port));
      expect(result.stderr).toContain(setting);
      expect(result.stderr).not.toMatch(/^\s+at /m);
      expect(runningProcesses().filter(({ command }) => command.includes(other))).toEqual([]);
    } finally {
      await taken.release();
      await rm(other, { recursive: true, force: true });
    }
  });

  test('Ctrl-C stops everything in order and leaves no process', async () => {
    const family = childrenOf(product.supervisorPid).map(({ pid }) => pid);
    expect(family.length).toBeGreaterThanOrEqual(ROLES.length + 1);
    // Every role is frozen, and thawed in the order in which they have to stop: a supervisor that asked another one
    // first would wait for that one, and the thawed one would never be asked.
    const pids = ROLES.map((role) => product.rolePid(role) ?? 0);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const stopping = product.stop('SIGINT');
    for (const role of STOP_ORDER) {
      const pid = pids[ROLES.indexOf(role)] ?? 0;
      process.kill(pid, 'SIGCONT');
      await waitFor(`${role} to be stopped`, () => !isRunning(pid), { patience: 20_000 });
    }
    expect(await stopping).toBe(0);
    expect(family.filter(isRunning)).toEqual([]);
    expect(runningProcesses().filter(({ command }) => command.includes(directory))).toEqual([]);
    expect(product.output().stderr).toContain('Stopped');
  });

  test('starts again from what is there: same sign-in, nothing made anew', async () => {
    const before = product.facts;
    const startedAt = performance.now();
    product = await bootProduct({
      roles: ROLES,
      dataDirectory: directory,
      environment: product.environment,
    });
    expect(performance.now() - startedAt).toBeLessThan(SECOND_START);
    expect(product.facts).toEqual(before);
    expect(product.output().stderr).not.toContain('Making the demo organisation');
    expect((await product.holdfast('status', '--json')).json).toMatchObject({
      organisation: 'Contoso',
      installed: false,
    });
  });
});

describe('holdfast start without --demo', () => {
  test('names every missing setting and starts nothing', async () => {
    const other = await mkdtemp(join(tmpdir(), 'holdfast-start-'));
    try {
      const settings = await settingsFor({ roles: ['mx'] }, other);
      const result = await runCommand(['start'], settings);
      expect(result.exit).toBe(78);
      expect(result.stderr).toContain('HOLDFAST_SECRET_KEY');
      expect(result.stderr).toContain('HOLDFAST_MX_HOSTNAMES');
      expect(result.stderr).not.toMatch(/^\s+at /m);
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  test('a malformed setting and a mistyped name are both named', async () => {
    const result = await runCommand(['start'], {
      HOLDFAST_MX_PORT: 'twenty-five',
      HOLDFAST_MX_HOSTNAME: 'mx1.mail.example',
    });
    expect(result.exit).toBe(78);
    expect(result.stderr).toMatch(/HOLDFAST_MX_PORT is “twenty-five”.*port number/);
    expect(result.stderr).toMatch(/HOLDFAST_MX_HOSTNAME is not a setting/);
  });

  test('with them it starts without simulator and without a demo sign-in, and prints a one-time link', async () => {
    const other = await mkdtemp(join(tmpdir(), 'holdfast-start-'));
    const settings = await settingsFor({ roles: ['mx', 'ingest', 'web'] }, other);
    const started = startSupervisor(['start'], {
      ...settings,
      HOLDFAST_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      HOLDFAST_MX_HOSTNAMES: 'mx1.mail.example',
      HOLDFAST_MX_BIND: '127.0.0.1',
    });
    try {
      const link = await waitFor(
        'the set-up link',
        () =>
          /http:\/\/localhost:\d+\/\S+/.exec(started.output().stdout.split('once')[1] ?? '')?.[0],
        { instead: () => started.output(), patience: 120_000 },
      );
      expect(link).toContain(`:${settings['HOLDFAST_ADMIN_PORT']}/`);
      const { stdout, stderr } = started.output();
      expect(stdout + stderr).not.toContain('contoso');
      expect(
        childrenOf(started.pid).filter(({ command }) => command.includes('simulator')),
      ).toEqual([]);
      expect(stderr).not.toContain(link);
      await setUp(link);
    } finally {
      expect(await started.stop('SIGINT')).toBe(0);
      await rm(other, { recursive: true, force: true });
    }
  });
});

/** The first administrator, by the link; it works once. */
async function setUp(link: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const first = await Visitor.arrive(browser, 'first administrator', PHONE);
    const field = (name: string) => first.page.getByLabel(name, { exact: true });
    const create = first.page.getByRole('button', { name: 'Create organisation' });
    const fill = async (): Promise<void> => {
      await first.page.goto(link);
      await field('Organisation').fill('Northwind');
      await field('Your name').fill('Nora Wind');
      await field('Email').fill('nora@posteo.example');
      await field('Password').fill('rain on the harbour wall');
    };
    await fill();
    await create.click();
    await first.sees('Is mail flowing?');
    await expectAccessible(first, 'overview of an organisation that was just made');
    expect(first.takeFaults()).toEqual([]);
    await first.page.goto('about:blank');
    await fill();
    await first.refused(404, () => create.click());
    await first.page.getByRole('alert').waitFor();
  } finally {
    await browser.close();
  }
}
