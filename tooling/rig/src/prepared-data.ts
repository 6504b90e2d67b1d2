import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '@holdfast/e2e/command-line';
import { copyOf } from '@holdfast/e2e/data-copies';
import { installedData } from '@holdfast/e2e/prepared-demo';

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
 * and database are there, so that roles can be started alone. Installed once; everyone gets a copy.
 */
export async function prepareData(
  options: { readonly database: boolean } = { database: true },
): Promise<PreparedData> {
  const directory = await copyOf(
    await installedData(),
    (entry) => options.database || entry !== 'postgres',
  );
  const secretKey = await readFile(join(directory, 'secret-key'), 'utf8');
  return {
    directory,
    environment: environmentFor(directory, secretKey.trim()),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
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
