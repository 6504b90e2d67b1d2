import type { ChannelProof, HelpdeskContact } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { ChannelRecord, ContactPreference, DirectoryRecord } from '../records/people.ts';
import { Refusal } from '../refusal.ts';

export interface InfoSubject {
  /** Of the link. */
  readonly requestId: string;
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly wrappedKey: string;
    readonly helpdesk: HelpdeskContact | null;
  };
  readonly user: DirectoryRecord;
  readonly channels: readonly ChannelRecord[];
  readonly preference: ContactPreference | null;
  /** The code to a proven channel that is under way; null: none. */
  readonly proof: ChannelProof | null;
  readonly ownDomains: readonly string[];
}

/** One sentence for every way a link can be wrong: which one it was is nobody's business. */
export function linkInvalid(): Refusal {
  return new Refusal(
    'info.link-invalid',
    'This link is no longer valid. Use the newest message from us, or ask for another.',
  );
}

/**
 * The person behind a link: hashed at rest, valid 14 days or until replaced. Runs `work` in one transaction of the
 * person's organisation. Throws `info.link-invalid`.
 */
export async function withInfoRequest<T>(
  ports: Ports,
  token: string,
  work: (subject: InfoSubject, repositories: OrganisationRepositories) => Promise<T>,
): Promise<T> {
  const hash = ports.secrets.hashToken(token);
  const request = await ports.database.acrossOrganisations((system) =>
    system.infoRequestByToken(hash),
  );
  const now = ports.clock.now();
  if (request === null || request.replacedAt !== null || request.expiresAt <= now)
    throw linkInvalid();
  return ports.database.withinOrganisation(request.organisationId, async (repositories) => {
    const user = await repositories.directory.get(request.userId);
    if (user === null || user.removedAt !== null || !user.protected) throw linkInvalid();
    const organisation = await repositories.organisation.get();
    const domains = await repositories.domains.list();
    return work(
      {
        requestId: request.id,
        organisation,
        user,
        channels: await repositories.channels.ofUser(user.id),
        proof: await repositories.channels.proof(user.id),
        preference: await repositories.channels.preference(user.id),
        ownDomains: domains.map((domain) => domain.name),
      },
      repositories,
    );
  });
}
