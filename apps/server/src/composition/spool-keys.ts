import type { Database, KeyHolder, Log, Secrets, SpoolKeys } from '@holdfast/application';
import { ConfigurationError, type Configuration } from '../configuration/read-configuration.ts';
import { createSecrets } from './secrets.ts';

/** A miss asks the database at most this often: an organisation without a usable key must not cost a query a message. Unit: milliseconds. */
const ASK_AGAIN_AFTER = 5000;

/** What every role needs that writes or reads bodies, mx included. */
export function requireSecrets(configuration: Configuration): Secrets {
  if (configuration.secretKey === null) {
    throw new ConfigurationError([
      'HOLDFAST_SECRET_KEY is not set: it opens what is sealed in the database and in the spool. Set the one that the product runs with.',
    ]);
  }
  return createSecrets(configuration.secretKey, configuration.secretKeyPrevious);
}

export interface HeldSpoolKeys extends SpoolKeys {
  /** Replaces what is known: wrapped keys by organisation. */
  hold(organisations: readonly KeyHolder[]): void;
}

/** mx's keys: those of the snapshot that it works from, and nothing to ask. */
export function createHeldSpoolKeys(secrets: Secrets, log: Log): HeldSpoolKeys {
  let known = new Map<string, { readonly wrapped: string; readonly key: Uint8Array | null }>();
  return {
    keyOf: (organisationId) => known.get(organisationId)?.key ?? null,
    refresh: () => Promise.resolve(),
    hold(organisations) {
      known = new Map(
        organisations.map((organisation) => {
          const { id, wrappedKey } = organisation;
          const before = known.get(id);
          // The same array as before: what was derived from it stays valid.
          if (before !== undefined && before.key !== null && before.wrapped === wrappedKey)
            return [id, before];
          return [id, { wrapped: wrappedKey, key: openKey(secrets, organisation, log) }];
        }),
      );
    },
  };
}

/** Keys of a process that has the database: asked when one is missing. */
export function createDatabaseSpoolKeys(database: Database, secrets: Secrets, log: Log): SpoolKeys {
  const held = createHeldSpoolKeys(secrets, log);
  let asking: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    try {
      held.hold(await database.acrossOrganisations((system) => system.organisations()));
      askedAt = performance.now();
    } finally {
      asking = null;
    }
  }

  return {
    keyOf: (organisationId) => held.keyOf(organisationId),
    refresh() {
      if (performance.now() - askedAt < ASK_AGAIN_AFTER) return Promise.resolve();
      return (asking ??= ask());
    },
  };
}

/** Null with an alarm: mail of this organisation is deferred until its key can be opened. */
function openKey(secrets: Secrets, organisation: KeyHolder, log: Log): Uint8Array | null {
  try {
    return Buffer.from(secrets.deriveToken(organisation, 'spool', []), 'base64url');
  } catch (error) {
    log.error('the key of an organisation does not open: its mail is deferred', {
      organisationId: organisation.id,
      error: String(error),
    });
    return null;
  }
}
