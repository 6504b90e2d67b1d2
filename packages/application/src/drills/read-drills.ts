import {
  drillEvidence,
  drillStage,
  isProven,
  mayBeMessaged,
  reachedAt,
  type Drill,
  type DrillEvidence,
  type DrillFact,
  type DrillParticipation,
  type DrillStage,
  type Instant,
  type SignInMethod,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { coveredUsers, splitByReach, verifiedByKind } from '../events/covered-users.ts';
import { isAdmitted } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { ChannelRecord, DirectoryRecord } from '../records/people.ts';
import { Refusal } from '../refusal.ts';

/** Drills listed on the page; the reports of older ones are reached by their address. */
export const PAST_DRILLS = 20;

export interface DrillSummary {
  readonly drill: Drill;
  readonly evidence: DrillEvidence;
}

export interface DrillParticipantModel {
  readonly user: DirectoryRecord;
  readonly participation: DrillParticipation;
  readonly stage: DrillStage;
  readonly reachedAt: Instant | null;
  readonly signedInBy: SignInMethod | null;
}

export interface DrillReportModel extends DrillSummary {
  readonly organisation: string;
  /** In the order of their names; without whoever is not in the directory any more. */
  readonly participants: readonly DrillParticipantModel[];
  readonly log: readonly { readonly at: Instant; readonly by: string; readonly fact: DrillFact }[];
}

export interface DrillPreviewModel {
  readonly chosen: number;
  /** Protected ones of the chosen. */
  readonly covered: number;
  readonly reachableBy: Readonly<Record<ChannelRecord['kind'], number>>;
  readonly reachable: number;
  readonly unreachable: readonly DirectoryRecord[];
  /** In another drill. */
  readonly busy: readonly DirectoryRecord[];
  readonly isEventOpen: boolean;
  /** Milliseconds. */
  readonly noticeDelay: number;
  readonly longest: number;
  readonly mostParticipants: number;
}

/** What a start would do. Changes nothing. */
export async function previewDrill(
  ports: Ports,
  actor: Actor,
  input: { readonly userIds: readonly string[] },
): Promise<DrillPreviewModel> {
  const { noticeDelay, drillLongest, drillParticipants } = ports.settings;
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const users = await coveredUsers(repositories, { kind: 'users', userIds: input.userIds });
    const ids = users.map(({ id }) => id);
    const { reachable, unreachable } = splitByReach(users);
    const busy = await repositories.drills.runningOf(ids);
    return {
      chosen: input.userIds.length,
      covered: users.length,
      reachableBy: verifiedByKind(await repositories.channels.ofUsers(ids)),
      reachable: reachable.length,
      unreachable,
      busy: users.filter(({ id }) => busy.has(id)),
      isEventOpen: (await repositories.events.current()) !== null,
      noticeDelay,
      longest: drillLongest,
      mostParticipants: drillParticipants,
    };
  });
}

/** Newest first, the running ones among them. */
export async function readDrills(ports: Ports, actor: Actor): Promise<readonly DrillSummary[]> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const found: DrillSummary[] = [];
    for (const drill of await repositories.drills.recent(PAST_DRILLS)) {
      const participants = await measure(repositories, drill);
      const evidence = drillEvidence(
        drill,
        participants.map(({ participation }) => participation),
      );
      found.push({ drill, evidence });
    }
    return found;
  });
}

/** One drill with everybody in it: the live view while it runs, the evidence afterwards. Refuses: `drill.unknown`. */
export async function readDrillReport(
  ports: Ports,
  actor: Actor,
  input: { readonly drillId: string },
): Promise<DrillReportModel> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const drill = await repositories.drills.get(input.drillId);
    if (drill === null) throw new Refusal('drill.unknown', 'There is no such drill.');
    const participants = await measure(repositories, drill);
    return {
      drill,
      organisation: (await repositories.organisation.get()).name,
      evidence: drillEvidence(
        drill,
        participants.map(({ participation }) => participation),
      ),
      participants,
      log: await repositories.drills.log(drill.id),
    };
  });
}

async function measure(
  repositories: OrganisationRepositories,
  drill: Drill,
): Promise<readonly DrillParticipantModel[]> {
  const users = await repositories.directory.getMany(drill.participants);
  const channels = Map.groupBy(
    await repositories.channels.ofUsers(users.map(({ id }) => id)),
    ({ userId }) => userId,
  );
  const notices = Map.groupBy(
    (await repositories.notices.ofEvent(drill.id)).filter(({ kind }) =>
      kind.startsWith('drill.start'),
    ),
    ({ userId }) => userId,
  );
  const presence = new Map(
    (await repositories.drills.presence(drill.id)).map((each) => [each.userId, each]),
  );
  return users
    .toSorted((left, right) => left.displayName.localeCompare(right.displayName))
    .map((user) => {
      const there = presence.get(user.id);
      const participation: DrillParticipation = {
        userId: user.id,
        channels: (channels.get(user.id) ?? []).flatMap(({ kind, channel }) =>
          mayBeMessaged(channel) ? [{ kind, isProven: isProven(channel) }] : [],
        ),
        notices: (notices.get(user.id) ?? []).flatMap(({ channel, kind, state, detail, at }) =>
          channel === 'work-email'
            ? []
            : [
                {
                  channel,
                  isProven: kind === 'drill.start',
                  outcome: state === 'sent' ? 'handed-over' : 'failed',
                  detail,
                  at,
                },
              ],
        ),
        signedInAt: there?.signedInAt ?? null,
        wroteAt: there?.wroteAt ?? null,
        isAdmitted: isAdmitted(user),
      };
      return {
        user,
        participation,
        stage: drillStage(participation),
        reachedAt: reachedAt(participation),
        signedInBy: there?.signedInBy ?? null,
      };
    });
}
