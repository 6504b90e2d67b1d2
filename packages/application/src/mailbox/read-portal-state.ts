import {
  DAY,
  type Drill,
  type EmergencyEvent,
  type HelpdeskContact,
  type Language,
  type PortalAccess,
} from '@holdfast/domain';
import { standingOf } from '../drills/open-drill.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { readHelpdeskBanner, type HelpdeskBanner } from '../sign-in/helpdesk-banner.ts';
import { eventBegan } from '../events/covered-users.ts';
import { readCommonHelpdesk } from '../organisations/read-helpdesk.ts';
import type { UserActor } from './user-access.ts';

/** The end of a drill is told to who comes back this long after it. Unit: milliseconds. */
const END_SHOWN_FOR = DAY;

export interface PortalStateModel {
  readonly user: {
    readonly name: string;
    readonly address: string;
    readonly otherAddresses: readonly string[];
  } | null;
  /** As the user has chosen; null: not yet. */
  readonly language: Language | null;
  readonly organisation: string | null;
  readonly access: PortalAccess;
  readonly event: EmergencyEvent | null;
  /** The one that this user is in, or was in until a short while ago. */
  readonly drill: Drill | null;
  /** How much of the mailbox at Office 365 is here as well. */
  readonly copy: 'whole' | 'partly' | 'none';
  /** That the helpdesk has made a code for this user; null when there is nothing to say. */
  readonly helpdesk: HelpdeskBanner | null;
  readonly helpdeskContact: HelpdeskContact | null;
  /** Messages of the user's that cannot be put into Sent Items. */
  readonly leftSent: number;
  /** Of what the user wrote during the event: how much was put into Sent Items. */
  readonly sent: { readonly written: number; readonly putBack: number };
}

/** What the portal's frame shows: who, what is going on, and what they may do now. */
export async function readPortalState(
  ports: Ports,
  actor: UserActor | null,
): Promise<PortalStateModel> {
  if (actor === null) return { ...NOBODY, helpdeskContact: await commonHelpdesk(ports) };
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const user = await repositories.directory.get(actor.userId);
    const organisation = await repositories.organisation.get();
    const standing = await standingOf(ports, repositories, actor.userId);
    const { access } = standing;
    const event = access === 'closed' ? null : standing.event;
    const copy = access === 'closed' ? null : await repositories.copies.stateOf(actor.userId);
    return {
      user:
        user === null
          ? null
          : {
              name: user.displayName,
              address: user.primaryAddress,
              otherAddresses: user.addresses.filter((each) => each !== user.primaryAddress),
            },
      language: user?.language ?? null,
      organisation: organisation.name,
      access,
      event,
      drill: await drillToTell(ports, repositories, actor.userId, access),
      copy: copyWords(copy),
      sent: await sentDuring(repositories, event, actor.userId),
      helpdesk: await readHelpdeskBanner(ports, repositories, actor),
      helpdeskContact: organisation.helpdesk,
      leftSent:
        event?.phase === 'recovering'
          ? await repositories.putBack.leftSentOf(event.id, actor.userId)
          : 0,
    };
  });
}

/** The sign-in is shown without a database too: it says what is wrong when somebody tries. */
async function commonHelpdesk(ports: Ports): Promise<HelpdeskContact | null> {
  try {
    return await readCommonHelpdesk(ports);
  } catch (error) {
    ports.log.warn('the helpdesk cannot be named at the sign-in', { error: String(error) });
    return null;
  }
}

const NOBODY: Omit<PortalStateModel, 'helpdeskContact'> = {
  user: null,
  language: null,
  organisation: null,
  access: 'closed',
  event: null,
  drill: null,
  copy: 'none',
  helpdesk: null,
  leftSent: 0,
  sent: { written: 0, putBack: 0 },
};

async function drillToTell(
  ports: Ports,
  { drills }: OrganisationRepositories,
  userId: string,
  access: PortalAccess,
): Promise<Drill | null> {
  switch (access) {
    case 'drill':
      return drills.latestOf(userId);
    case 'closed': {
      const latest = await drills.latestOf(userId);
      // Of one that was undone in time nobody has heard.
      const isToTell =
        latest?.phase === 'over' &&
        latest.because !== 'undone' &&
        ports.clock.now() < latest.endedAt + END_SHOWN_FOR;
      return isToTell ? latest : null;
    }
    case 'open':
    case 'read-only':
      return null;
  }
}

async function sentDuring(
  { mailbox }: OrganisationRepositories,
  event: EmergencyEvent | null,
  userId: string,
): Promise<PortalStateModel['sent']> {
  // While it is active nothing is put back, and nobody asks.
  if (event?.phase !== 'recovering') return { written: 0, putBack: 0 };
  const { sent, putBack } = await mailbox.sentCounts(eventBegan(event), userId);
  return { written: sent, putBack };
}

/** Whole since the first round was: what came just before an event may be missing all the same. */
function copyWords(
  copy: Awaited<ReturnType<OrganisationRepositories['copies']['stateOf']>>,
): PortalStateModel['copy'] {
  if (copy === null) return 'none';
  if (copy.completedAt !== null) return 'whole';
  return copy.state === 'copying' ? 'partly' : 'none';
}
