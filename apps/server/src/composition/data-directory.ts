import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecretKey } from './secrets.ts';

/** What lies where under the data directory. */
export interface DataPaths {
  readonly root: string;
  readonly spool: string;
  readonly snapshot: string;
  readonly postgres: string;
  readonly callOuts: string;
  readonly certificate: string;
  readonly certificateKey: string;
  /** Facts for scripts, demo only. */
  readonly demoFacts: string;
  /** Certificate authority of the simulated outside world, demo only. */
  readonly demoAuthority: string;
  /** Certificate of the demo's own application, and its key, demo only. */
  readonly demoApplication: string;
  readonly demoApplicationKey: string;
  /** Facts of the running supervisor: pid and the embedded database's URL. */
  readonly running: string;
  readonly logs: string;
  readonly hostId: string;
}

export function dataPaths(root: string): DataPaths {
  return {
    root,
    spool: join(root, 'spool'),
    snapshot: join(root, 'snapshot'),
    postgres: join(root, 'postgres'),
    callOuts: join(root, 'call-outs.jsonl'),
    certificate: join(root, 'mx-certificate.pem'),
    certificateKey: join(root, 'mx-key.pem'),
    demoFacts: join(root, 'demo.json'),
    demoAuthority: join(root, 'simulator-authority.pem'),
    demoApplication: join(root, 'demo-application.pem'),
    demoApplicationKey: join(root, 'demo-application-key.pem'),
    running: join(root, 'running.json'),
    logs: join(root, 'logs'),
    hostId: join(root, 'host-id'),
  };
}

/** Makes the directories, readable by nobody else: mail and keys lie here. */
export function prepareDataDirectory(paths: DataPaths): void {
  for (const directory of [paths.root, paths.spool, paths.snapshot, paths.logs]) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }
}

/** The demo's key, made once and kept. Production sets HOLDFAST_SECRET_KEY. */
export function demoSecretKey(paths: DataPaths): string {
  const left = leftDemoKey(paths);
  if (left !== null) return left;
  const key = createSecretKey();
  writeFileSync(join(paths.root, 'secret-key'), `${key}\n`, { mode: 0o600 });
  return key;
}

/** The key of a demo that ran here; null when none did. */
export function leftDemoKey(paths: DataPaths): string | null {
  try {
    return readFileSync(join(paths.root, 'secret-key'), 'utf8').trim();
  } catch {
    return null;
  }
}

/** Who this data directory is among the hosts of one database: made once and kept, so that a restart is the same one. */
export function hostId(paths: DataPaths, make: () => string): string {
  try {
    return readFileSync(paths.hostId, 'utf8').trim();
  } catch {
    const id = make();
    writeFileSync(paths.hostId, `${id}\n`, { mode: 0o600 });
    return id;
  }
}
