import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../records/people.ts';

/** One job per user, each with a request of its own; inside the caller's transaction. */
export async function sendInfoRequests(
  ports: Pick<Ports, 'identifiers'>,
  r: Pick<OrganisationRepositories, 'jobs'>,
  organisationId: string,
  users: readonly Pick<DirectoryRecord, 'id'>[],
  reason?: 'reminder' | 'confirm-again',
): Promise<void> {
  for (const { id: userId } of users) {
    const requestId = ports.identifiers.uuid();
    await r.jobs.send({
      name: 'user.request-info',
      payload: { organisationId, userId, requestId, ...(reason !== undefined && { reason }) },
      id: `user.request-info:${requestId}`,
      startAfter: null,
    });
  }
}
