import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '@holdfast/e2e/command-line';
import { settledLedger } from '@holdfast/e2e/ledger';
import { bootProduct } from '@holdfast/e2e/product';

const run = promisify(execFile);

/** The first settling includes notices to every user. Unit: milliseconds. */
const SETTLE_PATIENCE = 120_000;

/** A known recipient with an emergency mailbox, and one without. */
export const PROTECTED_RECIPIENT = 'adele.vance@contoso.example';
export const PLAIN_RECIPIENT = 'sales@contoso.example';

export interface PreparedData {
  readonly directory: string;
  /** Settings that fit the directory; ports come from whoever starts a role. */
  readonly environment: Environment;
  remove(): Promise<void>;
}

/**
 * A data directory in which the demo was installed, and then stopped with nothing left open: snapshot, key, certificate
 * and database are there, so that roles can be started alone. Installed once per process; everyone gets a copy.
 */
export async function prepareData(
  options: { readonly database: boolean } = { database: true },
): Promise<PreparedData> {
  template ??= installDemo();
  const source = await template;
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-rig-'));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    const entries = (await readdir(source)).filter(
      (name) => options.database || name !== 'postgres',
    );
    // By the program: Node's own copy leaves out who owns a file, and the database belongs to an account of its own.
    await run('cp', ['-a', ...entries.map((name) => join(source, name)), directory]);
    const secretKey = await readFile(join(directory, 'secret-key'), 'utf8');
    return { directory, environment: environmentFor(directory, secretKey.trim()), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

let template: Promise<string> | null = null;

async function installDemo(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-rig-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const product = await bootProduct({ installed: true, dataDirectory: directory });
  try {
    await settledLedger(product, SETTLE_PATIENCE);
  } finally {
    await product.stop();
  }
  return directory;
}

function environmentFor(directory: string, secretKey: string): Environment {
  return {
    HOLDFAST_DATA_DIR: directory,
    HOLDFAST_SECRET_KEY: secretKey,
    HOLDFAST_MX_BIND: '127.0.0.1',
    HOLDFAST_MX_HOSTNAMES: 'mx1.holdfast.example',
    HOLDFAST_METRICS_PORT: '0',
  };
}
