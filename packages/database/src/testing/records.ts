import type {
  Database,
  IngestedMessage,
  OrganisationRecord,
  TenantObject,
} from '@holdfast/application';
import { uuidAt } from '../uuid.ts';
import { fillDirectory, type FilledDirectory } from './fill-directory.ts';

/** Ids and shapes for this package's own tests; the testkit depends on this package and cannot serve it. */
export const AT = Date.UTC(2026, 5, 1, 9, 0, 0);

function organisation(name: string): OrganisationRecord {
  return {
    id: uuidAt(AT),
    name,
    plan: { name: 'Continuity', continuity: true, seats: 100 },
    wrappedKey: 'wrapped',
    installedAt: AT,
    protectNewUsers: true,
    directorySyncedAt: null,
    syncGuardPercent: 10,
    listsCopiedAt: null,
    helpdesk: null,
    createdAt: AT,
  };
}

/** A new organisation that owns `<name>.example`, whose mail goes to `mx.<name>.example`. */
export async function makeOrganisation(database: Database, name: string): Promise<string> {
  const record = organisation(name);
  await database.acrossOrganisations((system) => system.createOrganisation(record));
  await database.withinOrganisation(record.id, ({ domains }) =>
    domains.replace([
      {
        name: `${name}.example`,
        isInitial: false,
        isVerified: true,
        carriesMail: true,
        mailType: 'authoritative',
        mx: [
          { exchange: `backup.${name}.example`, preference: 20 },
          { exchange: `mx.${name}.example`, preference: 10 },
        ],
      },
    ]),
  );
  return record.id;
}

export function tenantObject(address: string, change: Partial<TenantObject> = {}): TenantObject {
  return {
    externalId: `external-${address}`,
    kind: 'user',
    displayName: address,
    primaryAddress: address,
    addresses: [address],
    hasMailbox: true,
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: null,
    ...change,
  };
}

/** Fills the directory as a sync would; the ids of the objects in their order. */
export async function fill(
  database: Database,
  organisationId: string,
  filled: FilledDirectory,
): Promise<readonly string[]> {
  return database.withinOrganisation(organisationId, async (r) => {
    await fillDirectory(r, filled, AT);
    const ids: string[] = [];
    for (const { primaryAddress } of filled.objects) {
      const found = await r.directory.findByAddress(primaryAddress ?? '');
      if (found !== null) ids.push(found.id);
    }
    return ids;
  });
}

export interface MessageShape {
  readonly organisationId: string;
  readonly recipients: readonly string[];
  readonly acceptedAt?: number;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly subject?: string;
  readonly route?: IngestedMessage['deliveries'][number]['route'];
  readonly origin?: IngestedMessage['message']['origin'];
  readonly items?: IngestedMessage['items'];
  readonly submission?: IngestedMessage['submission'];
  /** Not to be sent before, and not shown to others. */
  readonly dueAt?: number;
}

/** One queued delivery per recipient, due when it was accepted. */
export function ingested(shape: MessageShape): IngestedMessage {
  const acceptedAt = shape.acceptedAt ?? AT;
  return {
    message: {
      id: uuidAt(acceptedAt),
      organisationId: shape.organisationId,
      acceptedAt,
      origin: shape.origin ?? 'inbound',
      reference: { instance: 'mx-1', segment: 'copy-0001', offset: 4_294_967_296, length: 900 },
      size: 800,
      envelopeFrom: 'orders@shop.example',
      clientIp: '192.0.2.7',
      bodyType: '8BITMIME',
      smtpUtf8: false,
      senderAuthenticated: true,
      summary: {
        messageId: shape.messageId ?? null,
        inReplyTo: shape.inReplyTo ?? null,
        references: shape.references ?? [],
        subject: shape.subject ?? 'Your order',
        from: { name: 'Shop', address: 'orders@shop.example' },
        to: [],
        cc: [],
        sentAt: acceptedAt,
        preview: 'Thank you',
        attachments: 1,
      },
    },
    deliveries: shape.recipients.map((recipient) => ({
      id: uuidAt(acceptedAt),
      recipient,
      route: shape.route ?? 'primary',
      state: 'queued',
      hold: null,
      dueAt: shape.dueAt ?? acceptedAt,
      verdict: 'deliver',
      verdictReason: 'clean',
      reply: null,
    })),
    items: shape.items ?? [],
    submission: shape.submission ?? null,
    drillId: null,
    shownFrom: shape.dueAt ?? acceptedAt,
  };
}

/** Writes messages as ingest does; no cursor moves. */
export async function ingest(
  database: Database,
  messages: readonly IngestedMessage[],
): Promise<number> {
  return database.acrossOrganisations((system) => system.ingest.apply(messages, []));
}
