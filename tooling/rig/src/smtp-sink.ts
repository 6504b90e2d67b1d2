import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@holdfast/e2e/wait-for';
import { requireProgram } from './debian-programs.ts';
import { isListening } from './listening.ts';

/** Postfix's smtp-sink refuses to run as root. */
const ACCOUNT = 'nobody';
const BACKLOG = 1000;

export interface SmtpSink {
  readonly port: number;
  /** Messages taken so far. */
  messages(): number;
  stop(): Promise<void>;
}

export interface SmtpSinkOptions {
  readonly port: number;
  /** Every message is appended to this file as `smtp-sink -D` does; it has to be writable by `nobody`. */
  readonly dump?: string;
}

/** Takes all mail and throws it away; the same for us and for the peer. */
export async function startSmtpSink({ port, dump }: SmtpSinkOptions): Promise<SmtpSink> {
  const args = [
    ...(process.getuid?.() === 0 ? ['-u', ACCOUNT] : []),
    '-c',
    '-m',
    String(BACKLOG),
    ...(dump === undefined ? [] : ['-D', dump]),
    `127.0.0.1:${port}`,
    String(BACKLOG),
  ];
  const child = spawn(requireProgram('smtp-sink'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let messages = 0;
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('latin1')));
  child.stdout.on('data', (chunk: Buffer) => {
    // `sess=… quit=… mesg=…`, over and over on one line.
    const last = /.*mesg=\s*(\d+)/s.exec(chunk.toString('latin1'));
    if (last !== null) messages = Number(last[1]);
  });
  const exited = once(child, 'exit');
  await waitFor('smtp-sink to listen', () => {
    if (child.exitCode !== null) throw new Error(`smtp-sink ended: ${said.trim()}`);
    return isListening(port);
  });
  return {
    port,
    messages: () => messages,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}
