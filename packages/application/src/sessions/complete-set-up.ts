import { clientNetwork } from '@holdfast/domain';
import { auditEntry } from '../audit-entry.ts';
import { newOrganisation } from '../organisations/new-organisation.ts';
import type { Ports } from '../ports.ts';
import type { SystemRepositories } from '../ports/repositories/system-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { AdministratorRecord } from '../records/people.ts';
import { countAttempts, SET_UP_ATTEMPTS_PER_IP } from './attempt-limits.ts';
import { openAdministratorSession, type OpenedSession } from './open-administrator-session.ts';

export interface SetUpInput {
  readonly token: string;
  /** Name of the organisation to create; an organisation that exists keeps its own. */
  readonly organisation: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly ip: string;
}

/**
 * The first administrator: uses up the set-up link, creates the organisation (or takes the one that exists), makes the
 * administrator its owner and signs them in. Refuses: `session.set-up-link-invalid`, `session.too-many-attempts`,
 * `organisation.ambiguous`.
 */
export async function completeSetUp(ports: Ports, input: SetUpInput): Promise<OpenedSession> {
  await countAttempts(ports, [
    { key: `set-up:ip:${clientNetwork(input.ip)}`, most: SET_UP_ATTEMPTS_PER_IP },
  ]);
  const passwordHash = await ports.secrets.hashPassword(input.password);
  const organisation = await ports.database.acrossOrganisations((system) =>
    useLink(ports, system, input),
  );
  const administrator: AdministratorRecord = {
    id: ports.identifiers.uuid(),
    organisationId: organisation.id,
    email: input.email.trim().toLowerCase(),
    name: input.name,
    role: 'owner',
    passwordHash,
    joinedAt: null,
  };
  const actor = {
    kind: 'administrator',
    organisationId: organisation.id,
    administratorId: administrator.id,
    email: administrator.email,
    role: administrator.role,
    ip: input.ip,
  } as const;
  await ports.database.withinOrganisation(organisation.id, async (r) => {
    await r.accounts.addAdministrator(administrator);
    await r.audit.append(
      auditEntry(ports, actor, 'organisation.set-up', organisation.name, {
        owner: administrator.email,
      }),
    );
  });
  return openAdministratorSession(ports, administrator, input.ip);
}

/** The link goes first: if anything after it fails, the next start of the server prints a new one. */
async function useLink(
  ports: Ports,
  system: SystemRepositories,
  input: SetUpInput,
): Promise<OrganisationRecord> {
  const link = await system.setUpToken();
  const valid =
    link !== null &&
    link.expiresAt > ports.clock.now() &&
    ports.secrets.equal(link.tokenHash, ports.secrets.hashToken(input.token)) &&
    !(await system.hasAdministrators());
  if (!valid) {
    throw new Refusal(
      'session.set-up-link-invalid',
      'This set-up link was used already or has run out. Restart the server: it prints a new one while there is no administrator.',
    );
  }
  await system.saveSetUpToken(null);
  const [existing, another] = await system.organisations();
  if (another !== undefined) {
    throw new Refusal(
      'organisation.ambiguous',
      'There are several organisations. Name the administrator of one of them on the command line.',
    );
  }
  if (existing !== undefined) return existing;
  const organisation = newOrganisation(ports, { name: input.organisation });
  await system.createOrganisation(organisation);
  return organisation;
}
