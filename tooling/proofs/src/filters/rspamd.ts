import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '@holdfast/e2e/free-ports';
import { requireProgram } from '@holdfast/rig/debian-programs';
import { daemonDirectory, isRoot, startDaemon, type Daemon } from './daemon.ts';

/** The generic test for unsolicited bulk e-mail, which every spam filter takes for spam. */
export const GTUBE = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X';

/** Rspamd without rules, DNS or state: what it says of the test pattern is built in. */
export async function startRspamd(): Promise<Daemon & { readonly url: string }> {
  const directory = daemonDirectory('rspamd', '_rspamd');
  const [port = 0] = await freePorts(1);
  const domains = join(directory, 'tld.dat');
  writeFileSync(domains, 'com\norg\nexample\n', { mode: 0o644 });
  const configuration = join(directory, 'rspamd.conf');
  writeFileSync(
    configuration,
    `options {
  pidfile = "${directory}/rspamd.pid";
  tempdir = "${directory}";
  control_socket = "${directory}/control.sock mode=0600";
  filters = "";
  enable_test_patterns = true;
  gtube_patterns = "all";
  disable_hyperscan = true;
  url_tld = "${domains}";
  dns { nameserver = ["127.0.0.1:9"]; timeout = 1s; retransmits = 1; }
}
logging { type = "console"; level = "info"; }
actions { reject = 15; "add header" = 6; greylist = 4; }
worker "normal" { bind_socket = "127.0.0.1:${port}"; count = 1; }
`,
    { mode: 0o644 },
  );
  const url = `http://127.0.0.1:${port}`;
  const daemon = await startDaemon({
    program: requireProgram('rspamd'),
    args: ['-f', '-c', configuration, ...(isRoot() ? ['-u', '_rspamd', '-g', '_rspamd'] : [])],
    directory,
    answers: async () => {
      const answer = await fetch(`${url}/ping`).catch(() => null);
      return answer?.ok === true;
    },
  });
  return { ...daemon, url };
}
