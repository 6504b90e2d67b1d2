import { createConnection, type Socket } from 'node:net';
import { once } from 'node:events';
import { calibrate } from '@holdfast/rig/calibration';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { peakMemory, residentMemory } from '@holdfast/rig/process-figures';
import type { Benchmark, BenchmarkForm } from '../benchmark.ts';
import { rounded } from '../statistics.ts';

const CONNECTIONS: Readonly<Record<BenchmarkForm, number>> = { full: 10_000, short: 1000 };
/** One address has too few ports for all of them and their like. */
const PER_ADDRESS = 2500;
/** Opened at the same time; more would only overflow the backlog. */
const AT_ONCE = 200;
const MEGABYTE = 1024 * 1024;
const TARGET_MEGABYTES = 300;

/** Memory of mx while connections that were greeted say nothing more. Ours alone need a descriptor each, too. */
export const benchmark: Benchmark = {
  name: 'idle-connections',
  needs: [],
  async run(form) {
    const calibration = { ...calibrate() };
    const count = CONNECTIONS[form];
    await using mx = await startLoneMx({
      environment: {
        HOLDFAST_MAX_CONNECTIONS: String(count + 100),
      },
    });
    const before = residentMemory(mx.pid);
    const sockets: Socket[] = [];
    try {
      while (sockets.length < count) {
        const next = Array.from({ length: Math.min(AT_ONCE, count - sockets.length) }, (_, i) =>
          greeted(mx.port, Math.floor((sockets.length + i) / PER_ADDRESS)),
        );
        sockets.push(...(await Promise.all(next)));
      }
      const held = rounded(residentMemory(mx.pid) / MEGABYTE);
      const open = sockets.filter((socket) => !socket.destroyed).length;
      if (open < count) throw new Error(`Only ${open} of ${count} connections stayed open.`);
      const none = { peer: null, ratio: null };
      const line = (what: string, ours: number, unit: string) => ({ ...none, what, ours, unit });
      return {
        ...none,
        name: 'idle-connections',
        ours: held,
        unit: 'MiB',
        runs: 1,
        target: { of: 'ours', is: 'at most', value: TARGET_MEGABYTES },
        lines: [
          line(`resident memory with ${count} idle connections`, held, 'MiB'),
          line('before any', rounded(before / MEGABYTE), 'MiB'),
          line('at its peak', rounded(peakMemory(mx.pid) / MEGABYTE), 'MiB'),
          line('for each connection', rounded((held * MEGABYTE - before) / 1024 / count), 'KiB'),
        ],
        calibration,
      };
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  },
};

async function greeted(port: number, address: number): Promise<Socket> {
  const localAddress = `127.0.1.${address + 1}`;
  const socket = createConnection({ host: '127.0.0.1', port, localAddress });
  const [greeting] = (await once(socket, 'data')) as [Buffer];
  if (!greeting.toString('latin1').startsWith('220')) {
    throw new Error(`A connection was greeted with ${greeting.toString('latin1')}`);
  }
  return socket;
}
