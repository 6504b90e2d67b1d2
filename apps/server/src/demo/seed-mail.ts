import type {
  DirectoryRecord,
  EnvelopeRecipient,
  Ports,
  SpoolRecordHead,
} from '@holdfast/application';
import { domainOf } from '@holdfast/domain';
import { z } from 'zod';

const sampleMail = z.object({
  messages: z.array(
    z.object({
      from: z.string(),
      to: z.array(z.string()),
      receivedAt: z.string(),
      raw: z.string(),
    }),
  ),
});

const DAYS = 30;
const PER_DAY = 2;
/** Appends under way at once: enough for the group commit to fill its batches. */
const AT_ONCE = 50;

/** Thirty days of mail, written into the spool like any accepted message and then ingested and relayed the usual way. */
export async function seedMail(
  ports: Ports,
  organisationId: string,
  simulatorUrl: string,
): Promise<void> {
  const users = await ports.database.withinOrganisation(organisationId, ({ directory }) =>
    directory.all(),
  );
  const domains = await ports.database.withinOrganisation(organisationId, (r) => r.domains.list());
  const ownDomains = new Set(domains.map((domain) => domain.name));
  const byAddress = new Map(
    users.flatMap((user) => user.addresses.map((address) => [address, user] as const)),
  );
  const protectedUsers = users.filter((user) => user.protected);
  const query = new URLSearchParams({
    days: String(DAYS),
    perDay: String(PER_DAY),
    recipients: protectedUsers.map((user) => user.primaryAddress).join(','),
  });
  const answer = await fetch(`${simulatorUrl}/control/sample-mail?${query.toString()}`);
  const { messages } = sampleMail.parse(await answer.json());
  for (let start = 0; start < messages.length; start += AT_ONCE) {
    await Promise.all(
      messages.slice(start, start + AT_ONCE).map((message) => {
        const body = Buffer.from(message.raw, 'base64');
        return ports.spool.append(
          headOf(ports, { organisationId, byAddress, ownDomains }, message, body),
          body,
        );
      }),
    );
  }
}

interface People {
  readonly organisationId: string;
  readonly byAddress: ReadonlyMap<string, DirectoryRecord>;
  readonly ownDomains: ReadonlySet<string>;
}

function headOf(
  ports: Ports,
  { organisationId, byAddress, ownDomains }: People,
  message: z.infer<typeof sampleMail>['messages'][number],
  body: Buffer,
): SpoolRecordHead {
  const sender = ownDomains.has(domainOf(message.from))
    ? byAddress.get(message.from.toLowerCase())
    : undefined;
  const id = ports.identifiers.uuid();
  return {
    id,
    acceptedAt: Date.parse(message.receivedAt),
    origin: sender === undefined ? 'seed' : 'submission',
    class: 'copy',
    organisationId,
    envelope: {
      from: message.from,
      recipients: message.to.map((address): EnvelopeRecipient => {
        const object = ownDomains.has(domainOf(address))
          ? byAddress.get(address.toLowerCase())
          : undefined;
        return {
          address: address.toLowerCase(),
          organisationId: object === undefined ? null : organisationId,
          kind: object?.kind ?? null,
          protected: object?.protected ?? false,
          verdict: 'deliver',
          reason: 'clean',
        };
      }),
      bodyType: body.some((byte) => byte > 127) ? '8BITMIME' : '7BIT',
      smtpUtf8: false,
      client: { ip: '127.0.0.1', helo: 'sample.example', tls: null },
      authentication: null,
      senderAuthenticated: false,
    },
    traceHeaders: '',
    snapshotVersion: 0,
    notBefore: null,
    submission: sender === undefined ? null : { userId: sender.id, key: id },
  };
}
