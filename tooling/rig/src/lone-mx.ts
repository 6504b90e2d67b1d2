import { join } from 'node:path';
import type { Environment } from '@holdfast/e2e/command-line';
import { freePorts } from '@holdfast/e2e/free-ports';
import { startDnsServer } from './dns-server.ts';
import { prepareData } from './prepared-data.ts';
import { startRole, type RoleOptions, type RunningRole } from './running-role.ts';
import { makeSenderDomain, type SenderDomain } from './sender-domain.ts';

export interface LoneMx extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Its data directory: spool, snapshot and key, and whatever a measurement wants to put there. */
  readonly directory: string;
  /** Signs what the senders' domain sends; mx finds its key in DNS. */
  readonly sender: SenderDomain;
  /** Where its log is. */
  readonly log: string;
  readonly role: RunningRole;
}

/** Recipient check and durable record, no question about the sender; on the data directory of another. */
export async function startBareMx(directory: string): Promise<{
  readonly port: number;
  readonly role: RunningRole;
}> {
  const [port = 0] = await freePorts(1);
  const role = await startRole({
    role: { script: join(import.meta.dirname, 'bare-mx.ts'), args: [directory, String(port)] },
    environment: {},
    log: join(directory, 'logs', 'bare-mx.log'),
  });
  return { port, role };
}

export interface LoneMxOptions extends Pick<RoleOptions, 'nodeOptions'> {
  readonly environment?: Environment;
  /** Goes before the command, such as strace with its options; gets the data directory. */
  readonly wrapper?: (directory: string) => readonly string[];
}

/**
 * One mx process in its default configuration and nothing else of the product: it needs the disk alone (invariant 2),
 * and what is measured is not shared with anybody. Its resolver is in our own process.
 */
export async function startLoneMx(options: LoneMxOptions = {}): Promise<LoneMx> {
  const stack = new AsyncDisposableStack();
  try {
    const [port = 0] = await freePorts(1);
    const data = await prepareData({ database: false });
    stack.defer(() => data.remove());
    const sender = makeSenderDomain();
    const dns = await startDnsServer(sender.zone);
    stack.defer(() => dns.stop());
    const log = join(data.directory, 'logs', 'lone-mx.log');
    const role = await startRole({
      role: 'mx',
      nodeOptions: options.nodeOptions ?? [],
      wrapper: options.wrapper?.(data.directory) ?? [],
      environment: {
        ...data.environment,
        HOLDFAST_MX_PORT: String(port),
        HOLDFAST_DNS: `127.0.0.1:${dns.port}`,
        ...options.environment,
      },
      log,
    });
    stack.defer(() => role.stop());
    return {
      port,
      pid: role.pid,
      directory: data.directory,
      sender,
      log,
      role,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
