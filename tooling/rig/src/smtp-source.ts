import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { requireProgram } from './debian-programs.ts';
import { SENDER, SENDER_HOST } from './sender-domain.ts';

/** Longer than this is a failure, not a figure. Unit: milliseconds. */
const PATIENCE = 180_000;

export interface Load {
  readonly port: number;
  readonly recipient: string;
  readonly sessions: number;
  readonly messages: number;
  /** Bytes of body below the headers that smtp-source makes, or a file with a whole message. */
  readonly body: number | { readonly file: string };
  /** Many messages over one connection, or one each. */
  readonly reuse: boolean;
}

/** Runs Postfix's own load generator to its end; resolves with the seconds it took. It ends at the first refusal. */
export async function runSmtpSource(load: Load): Promise<number> {
  const args = [
    ...(load.reuse ? ['-d'] : []),
    '-s',
    String(load.sessions),
    '-m',
    String(load.messages),
    ...(typeof load.body === 'number' ? ['-l', String(load.body)] : ['-F', load.body.file]),
    // A full backlog answers with a reset, which is no refusal.
    '-C',
    '50',
    '-f',
    SENDER,
    '-M',
    SENDER_HOST,
    '-t',
    load.recipient,
    `127.0.0.1:${load.port}`,
  ];
  const startedAt = performance.now();
  const child = spawn(requireProgram('smtp-source'), args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
  const [said, code] = await Promise.all([text(child.stderr), exited]);
  if (code !== 0) throw new Error(`smtp-source ended with ${code}: ${said.trim()}`);
  return (performance.now() - startedAt) / 1000;
}
