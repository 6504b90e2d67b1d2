import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { requireProgram } from '@holdfast/rig/debian-programs';
import { daemonDirectory, isRoot, startDaemon, type Daemon } from './daemon.ts';

/** The test file of the European Institute for Computer Antivirus Research, which every scanner takes for a virus. */
export const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** clamd with one signature, so that nothing has to be downloaded. */
export async function startClamd(): Promise<Daemon & { readonly url: string }> {
  const directory = daemonDirectory('clamd', 'clamav');
  const socket = join(directory, 'clamd.sock');
  writeFileSync(
    join(directory, 'test.ndb'),
    `Eicar-Signature:0:*:${Buffer.from(EICAR).toString('hex')}\n`,
    { mode: 0o644 },
  );
  const configuration = join(directory, 'clamd.conf');
  const lines = [
    `LocalSocket ${socket}`,
    `DatabaseDirectory ${directory}`,
    `TemporaryDirectory ${directory}`,
    'Foreground yes',
    ...(isRoot() ? ['User clamav'] : []),
  ];
  writeFileSync(configuration, `${lines.join('\n')}\n`, { mode: 0o644 });
  const daemon = await startDaemon({
    program: requireProgram('clamd'),
    args: ['-c', configuration],
    directory,
    answers: () => answersPing(socket),
  });
  return { ...daemon, url: `unix:${socket}` };
}

async function answersPing(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    socket.write('zPING\0');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString('latin1').startsWith('PONG');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
