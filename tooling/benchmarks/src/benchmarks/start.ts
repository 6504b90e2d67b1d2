import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Benchmark, BenchmarkForm, BenchmarkResult, Line } from '../benchmark.ts';

/** Longer than this is a failure, not a figure. Unit: milliseconds. */
const PATIENCE = 600_000;
const LOOK_EVERY = 100;

interface Ports {
  readonly admin: number;
  readonly portal: number;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * From `npm start` to both pages answering, in a fresh clone of this checkout's last commit with a home directory of its
 * own: `cold` without any cache of npm or pnpm, `firstData` with the tools there and a new data directory, `warm` on what
 * the one before left.
 */
export const benchmark: Benchmark = { name: 'start', needs: [], run: measureStart };

async function measureStart(form: BenchmarkForm): Promise<BenchmarkResult> {
  const place = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const clone = join(place, 'clone');
    const home = join(place, 'home');
    mkdirSync(home);
    const source = join(import.meta.dirname, '..', '..', '..', '..');
    const { status } = spawnSync('git', ['clone', '--quiet', source, clone], { stdio: 'inherit' });
    if (status !== 0) throw new Error('The checkout cannot be cloned.');
    const line = (what: string, ours: number): Line => ({
      what,
      ours,
      peer: null,
      ratio: null,
      unit: 's',
    });
    const cold = await timeStart(clone, home);
    const lines = [line('cold', cold)];
    if (form === 'full') {
      rmSync(join(clone, '.holdfast'), { recursive: true, force: true });
      lines.push(line('firstData', await timeStart(clone, home)));
      lines.push(line('warm', await timeStart(clone, home)));
    }
    return {
      ...line('start', cold),
      name: 'start',
      runs: 1,
      target: null,
      calibration: {},
      lines,
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function timeStart(clone: string, home: string): Promise<number> {
  const ports = await freePorts();
  const startedAt = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: clone,
    // Only what a new machine has: npm's own settings of this shell would share its caches.
    env: { PATH: systemPath(), HOME: home, ...ports.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const exited = once(child, 'exit');
  try {
    await bothAnswer(ports, child);
    return Math.round((performance.now() - startedAt) / 100) / 10;
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await exited;
  }
}

/** Without the directories of this checkout's own tools, which `npm run` puts first. */
function systemPath(): string {
  const parts = (process.env['PATH'] ?? '').split(':');
  return parts
    .filter((part) => !part.includes('node_modules') && !part.includes('.tools'))
    .join(':');
}

async function bothAnswer(ports: Ports, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (const port of [ports.admin, ports.portal]) {
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error('npm start ended before its pages answered.');
      if (performance.now() > deadline) throw new Error('The pages did not answer in time.');
      await wait(LOOK_EVERY);
    }
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const { ok } = await fetch(`http://localhost:${port}/`, { headers: { accept: 'text/html' } });
    return ok;
  } catch {
    return false;
  }
}

/** Ports that fetch does not refuse: above 10,080, the last of the Fetch standard's list of bad ports. */
async function freePorts(): Promise<Ports> {
  const names = [
    'ADMIN',
    'PORTAL',
    'MX',
    'SIMULATOR',
    'SIMULATOR_SMTP',
    'SIMULATOR_DNS',
    'METRICS',
  ];
  const servers = await Promise.all(
    names.map(async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const found = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  const environment = Object.fromEntries(
    names.map((name, position) => [`HOLDFAST_${name}_PORT`, String(found[position])]),
  );
  return { admin: found[0] ?? 0, portal: found[1] ?? 0, environment };
}
