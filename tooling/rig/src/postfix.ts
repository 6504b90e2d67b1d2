import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@holdfast/e2e/wait-for';
import { requireProgram } from './debian-programs.ts';
import { isListening } from './listening.ts';

/** What Postfix does with a message once it has it. */
export type PostfixTask =
  /** Keeps it in the hold queue, where nothing looks at it: the fastest that Postfix can accept. */
  | { readonly kind: 'hold' }
  /** Its queue manager takes it up and throws it away: acceptance with all of Postfix running. */
  | { readonly kind: 'discard' }
  /** Relays it to this port of loopback. */
  | { readonly kind: 'relay'; readonly port: number };

export interface PostfixOptions {
  readonly port: number;
  /** Known recipients; others are refused, as on our side. */
  readonly recipients: readonly string[];
  readonly task: PostfixTask;
  /** Processes of one service at most; Postfix's own default unless told. */
  readonly processLimit?: number;
}

export interface Postfix {
  readonly port: number;
  /** `postconf -n` of the instance: what differs from the defaults. */
  readonly configuration: string;
  /** Waits until nothing is on its way any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const DEFAULT_PROCESS_LIMIT = 100;
/** Between two ends of benchmarks the queue is thrown away: this instance belongs to nobody. */
const SERVICES = `
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       300     1       qmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
flush     unix  n       -       n       1000?   0       flush
proxymap  unix  -       -       n       -       -       proxymap
smtp      unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
showq     unix  n       -       n       -       -       showq
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
discard   unix  -       -       n       -       -       discard
local     unix  -       n       n       -       -       local
anvil     unix  -       -       n       -       1       anvil
scache    unix  -       -       n       -       1       scache
tlsmgr    unix  -       -       n       1000?   1       tlsmgr
`;

/**
 * An instance of Debian's Postfix with a queue, a configuration and ports of its own. It keeps Postfix's durability
 * (every queue file is fsynced before the 250) and checks recipients against a hash table; what would cost it time and
 * says nothing here is off: no chroot, no DNS, no milter, nobody to take its log lines.
 */
export async function startPostfix(options: PostfixOptions): Promise<Postfix> {
  if (process.getuid?.() !== 0) throw new Error('Postfix as the peer has to be started by root.');
  const program = requireProgram('postfix');
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-postfix-'));
  // Postfix's own account reads maps and works in the queue.
  chmodSync(directory, 0o755);
  const run = (command: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout;
  };
  const stop = async (): Promise<void> => {
    spawnSync(program, ['-c', directory, 'stop'], { stdio: 'ignore' });
    await waitFor('Postfix to be gone', async () => !(await isListening(options.port)));
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    mkdirSync(join(directory, 'queue'), { mode: 0o755 });
    writeFileSync(join(directory, 'main.cf'), mainConfiguration(directory, options));
    writeFileSync(join(directory, 'master.cf'), masterConfiguration(options.port));
    const recipients = join(directory, 'recipients');
    writeFileSync(recipients, options.recipients.map((address) => `${address} ok\n`).join(''));
    run('/usr/sbin/postmap', '-c', directory, `hash:${recipients}`);
    run(program, '-c', directory, 'start');
    await waitFor('Postfix to listen', () => isListening(options.port));
    const configuration = run('/usr/sbin/postconf', '-c', directory, '-n');
    const idle = async (): Promise<void> => {
      await waitFor('Postfix to have nothing on its way', () => isIdle(directory), { pause: 20 });
    };
    return { port: options.port, configuration, idle, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `incoming`, `active` and `maildrop` hold what is still to be looked at. */
function isIdle(directory: string): boolean {
  return ['incoming', 'active', 'maildrop'].every(
    (queue) => readdirSync(join(directory, 'queue', queue)).length === 0,
  );
}

function mainConfiguration(directory: string, options: PostfixOptions): string {
  const limit = options.processLimit ?? DEFAULT_PROCESS_LIMIT;
  const lines = [
    'compatibility_level = 3.6',
    `queue_directory = ${join(directory, 'queue')}`,
    `data_directory = ${join(directory, 'data')}`,
    'command_directory = /usr/sbin',
    'daemon_directory = /usr/lib/postfix/sbin',
    'mail_owner = postfix',
    'setgid_group = postdrop',
    'myhostname = mx.peer.example',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'mydestination =',
    'mynetworks = 127.0.0.0/8',
    'alias_maps =',
    'biff = no',
    'smtpd_peername_lookup = no',
    `default_process_limit = ${limit}`,
    'relay_domains = contoso.example',
    `relay_recipient_maps = hash:${join(directory, 'recipients')}`,
    'smtpd_relay_restrictions = reject_unauth_destination',
    'smtpd_recipient_restrictions = reject_unauth_destination, reject_unlisted_recipient',
    'smtp_tls_security_level = none',
  ];
  return `${[...lines, ...taskConfiguration(options.task)].join('\n')}\n`;
}

function taskConfiguration(task: PostfixTask): readonly string[] {
  switch (task.kind) {
    case 'hold':
      return ['smtpd_data_restrictions = check_client_access static:HOLD'];
    case 'discard':
      return ['relay_transport = discard:', 'in_flow_delay = 0'];
    case 'relay':
      return [
        `relay_transport = relay:[127.0.0.1]:${task.port}`,
        // Without it Postfix slows its own reception down while the queue grows.
        'in_flow_delay = 0',
        // Connections are kept, as ours are.
        'smtp_connection_cache_destinations = 127.0.0.1',
        // One connection that fails on a busy machine would make it leave its only destination alone for five minutes.
        'relay_destination_concurrency_failed_cohort_limit = 100',
        'minimal_backoff_time = 2s',
        'queue_run_delay = 2s',
      ];
  }
}

function masterConfiguration(port: number): string {
  return `127.0.0.1:${port} inet n - n - - smtpd\n${SERVICES.trimStart()}`;
}
