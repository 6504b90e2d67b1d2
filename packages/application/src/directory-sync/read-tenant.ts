import { DAY, HOUR, SECOND } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import {
  type DirectoryFact,
  type ExchangeListing,
  type GraphCollection,
  type TenantDomainWithRoute,
} from '../ports/office365/tenant-directory.ts';
import type {
  CollectionRead,
  CollectionState,
  DirectoryCollection,
} from '../ports/repositories/directory-intake.ts';
import type { SyncPhase } from '../records/organisation.ts';

/** Progress is written at most this often. Unit: milliseconds. */
const BEAT_EVERY = 1 * SECOND;
/** Graph does not tell of every change (licences, mailbox settings): once a night everything is read. Unit: milliseconds. */
const FULL_EVERY = 23 * HOUR;
/** A mailbox changes its kind seldom, and nothing tells of it. Unit: milliseconds. */
const ASK_AGAIN_AFTER = 7 * DAY;
/** Asked about in one transaction's worth, and in one run: the rest keep what is known of them until the next. */
const ASKED_AT_ONCE = 1000;
const ASKED_PER_RUN = 20_000;

const LISTINGS: readonly ExchangeListing[] = ['recipients', 'public-folders', 'restrictions'];

/** Somebody else works on the run by now, or it is over: what is left of this one must write nothing. */
export class RunLostError extends Error {
  constructor() {
    super('Another process has taken this run over');
    this.name = 'RunLostError';
  }
}

export interface RunUnderWay {
  readonly organisationId: string;
  readonly runId: string;
  readonly owner: string;
  readonly fullPass: boolean;
  /** Counts what was seen; every collection adds to it. */
  seen: number;
  phase: SyncPhase;
  beatenAt: number;
}

export interface TenantReading {
  readonly domains: readonly TenantDomainWithRoute[];
  readonly reads: readonly CollectionRead[];
  /** When it began: what is read is not older than that. */
  readonly at: number;
}

/**
 * Reads the tenant page by page into the run's staging place. Collections are read side by side; the first that fails
 * ends them all, and with them the run.
 */
export async function readTenant(
  ports: Ports,
  run: RunUnderWay,
  credentials: TenantCredentials,
): Promise<TenantReading> {
  const at = ports.clock.now();
  const known = await ports.database.withinOrganisation(run.organisationId, ({ intake }) =>
    intake.collections(),
  );
  const stager = createStager(ports, run);
  const from = (collection: GraphCollection) => startOf(run, known, collection, at);
  const [domains, listed, people, contacts] = await together(stager, [
    ports.directory.domains(credentials),
    readListings(ports, stager, credentials),
    readUsersAndGroups(ports, run, stager, credentials, from),
    readRound(ports, stager, credentials, 'contacts', from('contacts')),
  ]);
  const reads = [...listed, ...people, ...(contacts === null ? [] : [contacts])];
  const has = (collection: DirectoryCollection): boolean =>
    reads.some((one) => one.collection === collection);
  if (has('recipients')) {
    await beat(ports, run, 'members');
    const told = await readMembers(ports, run, stager, credentials, has('groups'));
    return { domains, reads: told ? [...reads, whole('members')] : reads, at };
  }
  await beat(ports, run, 'mailboxes');
  const asked = await askPurposes(ports, run, stager, credentials, at);
  return { domains, reads: asked ? [...reads, changes('purposes')] : reads, at };
}

/** A sign of life, at most once a second unless the phase changes. Throws `RunLostError`. */
export async function beat(ports: Ports, run: RunUnderWay, phase: SyncPhase): Promise<void> {
  const now = ports.clock.now();
  if (phase === run.phase && now - run.beatenAt < BEAT_EVERY) return;
  run.phase = phase;
  run.beatenAt = now;
  const { runId, owner, seen } = run;
  const ours = await ports.database.withinOrganisation(run.organisationId, ({ syncRuns }) =>
    syncRuns.beat(runId, owner, { seen, phase, at: now }),
  );
  if (!ours) throw new RunLostError();
}

interface Stager {
  stage(collection: DirectoryCollection, facts: readonly DirectoryFact[]): Promise<void>;
  restart(collection: DirectoryCollection): Promise<void>;
  /** Whatever comes from now on is refused. */
  close(reason: unknown): void;
}

function createStager(ports: Ports, run: RunUnderWay): Stager {
  let closed: { readonly reason: unknown } | null = null;
  const { organisationId, runId } = run;
  const goOn = (): void => {
    if (closed !== null) throw closed.reason;
  };
  return {
    async stage(collection, facts) {
      goOn();
      run.seen += facts.filter(({ fact }) => fact === 'object').length;
      await beat(ports, run, run.phase);
      await ports.database.withinOrganisation(organisationId, ({ intake }) =>
        intake.stage(runId, collection, facts),
      );
    },
    async restart(collection) {
      goOn();
      await ports.database.withinOrganisation(organisationId, ({ intake }) =>
        intake.restart(runId, collection),
      );
    },
    close(reason) {
      closed ??= { reason };
    },
  };
}

/** All of them or the first failure, which is thrown only when none of the others can write any more. */
async function together<T extends readonly unknown[]>(
  stager: Stager,
  work: { readonly [At in keyof T]: Promise<T[At]> },
): Promise<T> {
  const watched = work.map((one) =>
    one.catch((error: unknown) => {
      stager.close(error);
      throw error;
    }),
  );
  const settled = await Promise.allSettled(watched);
  const failure = settled.find((one) => one.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return (await Promise.all(watched)) as unknown as T;
}

function startOf(
  run: RunUnderWay,
  known: readonly CollectionState[],
  collection: GraphCollection,
  now: number,
): string | null {
  const state = known.find((one) => one.collection === collection);
  if (run.fullPass || state === undefined || now - state.fullAt > FULL_EVERY) return null;
  return state.deltaLink;
}

async function readRound(
  ports: Ports,
  stager: Stager,
  credentials: TenantCredentials,
  collection: GraphCollection,
  from: string | null,
): Promise<CollectionRead | null> {
  const round = await ports.directory.round(credentials, collection, from, {
    page: (facts) => stager.stage(collection, facts),
    restart: () => stager.restart(collection),
  });
  return round === null ? null : { collection, ...round };
}

/**
 * Users, and then groups: nobody tells that memberships come back with a restored user, so groups are read whole when a
 * user is told of who may be one. Read after the users they have the memberships of all whom those tell of; whoever is
 * deleted or restored in between is told of at the next round.
 */
async function readUsersAndGroups(
  ports: Ports,
  run: RunUnderWay,
  stager: Stager,
  credentials: TenantCredentials,
  from: (collection: GraphCollection) => string | null,
): Promise<readonly CollectionRead[]> {
  const users = await readRound(ports, stager, credentials, 'users', from('users'));
  const known = from('groups');
  const returned =
    known !== null &&
    (await ports.database.withinOrganisation(run.organisationId, ({ intake }) =>
      intake.hasReturned(run.runId),
    ));
  const groups = await readRound(ports, stager, credentials, 'groups', returned ? null : known);
  return [users, groups].filter((round) => round !== null);
}

/**
 * One after the other: Exchange takes one request at a time. Without the permission the known entries stay: the mail of
 * public folders must go on arriving.
 */
async function readListings(
  ports: Ports,
  stager: Stager,
  credentials: TenantCredentials,
): Promise<readonly CollectionRead[]> {
  const read: CollectionRead[] = [];
  for (const listing of LISTINGS) {
    const permitted = await ports.directory.listing(credentials, listing, (facts) =>
      stager.stage(listing, facts),
    );
    if (permitted) read.push(whole(listing));
  }
  return read;
}

async function readMembers(
  ports: Ports,
  run: RunUnderWay,
  stager: Stager,
  credentials: TenantCredentials,
  graphTellsMembers: boolean,
): Promise<boolean> {
  const groups = await ports.database.withinOrganisation(run.organisationId, ({ intake }) =>
    intake.groupsToAsk(run.runId, graphTellsMembers),
  );
  return ports.directory.members(credentials, groups, (facts) => stager.stage('members', facts));
}

/** One question for each mailbox, so only about who is new, has changed, or was not asked about for a week. */
async function askPurposes(
  ports: Ports,
  run: RunUnderWay,
  stager: Stager,
  credentials: TenantCredentials,
  now: number,
): Promise<boolean> {
  const ids = await ports.database.withinOrganisation(run.organisationId, ({ intake }) =>
    intake.usersToAsk(run.runId, now - ASK_AGAIN_AFTER, ASKED_PER_RUN),
  );
  for (let start = 0; start < ids.length; start += ASKED_AT_ONCE) {
    const some = ids.slice(start, start + ASKED_AT_ONCE);
    const permitted = await ports.directory.purposes(credentials, some, (facts) =>
      stager.stage('purposes', facts),
    );
    if (!permitted) return false;
  }
  return true;
}

function whole(collection: DirectoryCollection): CollectionRead {
  return { collection, full: true, deltaLink: null };
}

function changes(collection: DirectoryCollection): CollectionRead {
  return { collection, full: false, deltaLink: null };
}
