import {
  DAY,
  HOUR,
  isProtectableDomain,
  mayDo,
  type EmergencyEvent,
  type PrimaryHealth,
} from '@holdfast/domain';
import type { AdministratorRecord } from '../records/people.ts';
import type { DomainOutbound } from '../domains/outbound-state.ts';
import { alertNeeds, isAboutMx } from './alert-needs.ts';
import { cutOverNeeds, type CutOverFacts } from './cut-over-needs.ts';
import { connectionNeeds, type ConnectionFacts } from './connection-needs.ts';
import { outboundNeeds } from './outbound-needs.ts';
import type { DomainAlertRecord } from '../records/domain-report.ts';
import type {
  DomainRecord,
  InstallationStepRecord,
  OrganisationRecord,
  SyncRunRecord,
} from '../records/organisation.ts';
import type { ExchangeSideRecord } from '../records/exchange.ts';
import { queueNeeds } from './queue-needs.ts';
import type { QueueCount } from '../records/queue.ts';
import type { CoverageReading } from '../users/coverage.ts';

/** Below this share of protected users who could be reached today the overview asks for more. */
export const COVERAGE_WANTED = 0.8;
/** An installation without a drill asks for the first one after this. */
export const FIRST_DRILL_WITHIN = 7 * DAY;
/** A directory older than this is stale: it no longer justifies refusing unknown recipients. */
export const DIRECTORY_STALE_AFTER = DAY;

export interface Need {
  readonly id: string;
  readonly level: 'problem' | 'attention';
  readonly title: string;
  readonly detail: string;
  /** Page of the console where it is dealt with. */
  readonly href: string;
}

export interface NeedFacts extends ConnectionFacts {
  readonly now: number;
  readonly organisation: OrganisationRecord;
  /** What the Office 365 side shall be like and was seen to be. */
  readonly exchange: ExchangeSideRecord;
  readonly steps: readonly InstallationStepRecord[];
  readonly domains: readonly DomainRecord[];
  readonly outbound: readonly DomainOutbound[];
  readonly cutOver: CutOverFacts;
  /** What has changed in DNS and is not mended. */
  readonly domainAlerts: readonly DomainAlertRecord[];
  readonly latestSync: SyncRunRecord | null;
  /** Who may administer, whatever the role. */
  readonly administrators: readonly Pick<AdministratorRecord, 'role'>[];
  /** New users for whom the plan has no seat. */
  readonly withoutSeat: number;
  readonly coverage: CoverageReading;
  /** Somebody has practised once. */
  readonly hasDrilled: boolean;
  readonly primary: PrimaryHealth;
  /** Null: none is open. */
  readonly event: EmergencyEvent | null;
  /** Spool alarms of this installation. */
  readonly alarms: number;
  /** Everything that is open, by state and reason. */
  readonly waiting: readonly QueueCount[];
}

/** What needs the administrator: problems before what asks for attention. */
export function findNeeds(facts: NeedFacts): readonly Need[] {
  const needs = [
    ...(facts.organisation.installedAt === null ? [] : cutOverNeeds(facts.cutOver)),
    ...primaryNeeds(facts),
    ...alarmNeeds(facts),
    ...connectionNeeds(facts, facts.now),
    ...queueNeeds(facts),
    ...installationNeeds(facts),
    ...exchangeNeeds(facts),
    ...domainNeeds(facts),
    ...alertNeeds(facts.domainAlerts),
    ...(facts.organisation.installedAt === null ? [] : outboundNeeds(facts.outbound)),
    ...directoryNeeds(facts),
    ...seatNeeds(facts),
    ...coverageNeeds(facts),
    ...drillNeeds(facts),
    ...helpdeskNeeds(facts),
    ...administratorNeeds(facts),
  ];
  const urgency = { problem: 0, attention: 1 } as const;
  return needs.toSorted((a, b) => urgency[a.level] - urgency[b.level]);
}

function primaryNeeds({ primary, event }: NeedFacts): readonly Need[] {
  const need = { id: 'primary', href: '/event' };
  const active = event?.phase === 'active';
  switch (primary.state) {
    case 'healthy': {
      if (!active || primary.goodSince === null) return [];
      const title = 'Office 365 works, and the event goes on';
      const detail = 'Users are still told to work here. End the event once they can use Outlook.';
      return [{ ...need, level: 'attention', title, detail }];
    }
    case 'suspect': {
      const title = 'Office 365 may be failing';
      const detail = 'Mail that cannot be delivered waits here. We keep watching.';
      return [{ ...need, level: 'attention', title, detail }];
    }
    case 'down': {
      const title = 'Office 365 is not working';
      const detail = `Mail waits here and nothing is lost. ${active ? 'The event is active: users can work in their emergency mailboxes.' : 'Start an event so that users can work.'}`;
      return [{ ...need, level: 'problem', title, detail }];
    }
    case 'recovering': {
      const title = 'Office 365 is coming back';
      const detail = 'Waiting mail is being delivered.';
      return [{ ...need, level: 'attention', title, detail }];
    }
  }
}

function alarmNeeds({ alarms }: NeedFacts): readonly Need[] {
  if (alarms === 0) return [];
  return [
    {
      id: 'spool-alarms',
      level: 'problem',
      title: 'Records on disk could not be read',
      detail: `${alarms} places in the mail store are damaged. Run "holdfast doctor" on the server.`,
      href: '/queue',
    },
  ];
}

function installationNeeds({ organisation, connection, steps }: NeedFacts): readonly Need[] {
  const href = '/continuity';
  if (connection === null) {
    const title = 'Connect Office 365';
    const detail = 'Nobody is protected before that.';
    return [{ id: 'not-connected', level: 'problem', title, detail, href }];
  }
  if (organisation.installedAt === null) {
    const title = 'Email Continuity is not installed';
    const detail = 'Choose who is protected, review and install.';
    return [{ id: 'not-installed', level: 'problem', title, detail, href }];
  }
  const titles = {
    'copy-lists': 'Allow and block lists are not copied yet',
    exchange: 'The Office 365 side is not set up yet',
  } as const;
  return steps
    .filter((step) => step.state === 'failed')
    .map((step) => ({
      id: `step-${step.step}`,
      level: 'attention',
      title: titles[step.step],
      detail: step.detail,
      href,
    }));
}

/** What waits for a person there, and what somebody has changed after it was as it should be. */
function exchangeNeeds({ organisation, steps, exchange }: NeedFacts): readonly Need[] {
  const isOpen = steps.some(({ step, state }) => step === 'exchange' && state !== 'done');
  const { establishedAt, check } = exchange;
  if (organisation.installedAt === null || isOpen || check?.established !== 'no') return [];
  const href = '/continuity';
  if (establishedAt === null) {
    const title = 'Changes wait on the Office 365 side';
    return [{ id: 'exchange-open', level: 'attention', title, detail: `${check.detail}.`, href }];
  }
  const title = 'The Office 365 side was changed';
  const detail = `Mail that comes through us may be refused or filtered wrongly. Left to do: ${check.detail}.`;
  return [{ id: 'exchange-drifted', level: 'problem', title, detail, href }];
}

function domainNeeds({ organisation, domains, domainAlerts, cutOver }: NeedFacts): readonly Need[] {
  if (organisation.installedAt === null) return [];
  const told = new Set(domainAlerts.filter(isAboutMx).map(({ domain }) => domain));
  // What is on its way is told by the cut-over itself, and MX that has gone back was meant to.
  for (const { domain, state } of cutOver.records) {
    if (state !== null && state.phase !== 'through-us') told.add(domain);
  }
  return domains
    .filter((domain) => isProtectableDomain(domain) && domain.state !== 'correct')
    .filter((domain) => !told.has(domain.name))
    .map((domain) => {
      const need = { id: `domain-${domain.name}`, href: '/domains' };
      switch (domain.state) {
        case 'drifted': {
          const title = `MX of ${domain.name} no longer points here`;
          const detail = 'Mail passes us by: it is neither filtered nor kept for an outage.';
          return { ...need, level: 'problem', title, detail };
        }
        case 'partial': {
          const title = `MX of ${domain.name} points here only in part`;
          const detail = 'Remove the other records: mail on that way passes us by.';
          return { ...need, level: 'attention', title, detail };
        }
        case 'unchecked':
        case 'wrong':
        case 'correct': {
          const title = `MX of ${domain.name} does not point here yet`;
          const detail = 'Its users are selected, but not protected before that.';
          return { ...need, level: 'attention', title, detail };
        }
      }
    });
}

function directoryNeeds({ now, organisation, latestSync }: NeedFacts): readonly Need[] {
  const href = '/users';
  if (latestSync?.state === 'failed' || latestSync?.state === 'needs-confirmation') {
    const failed = latestSync.state === 'failed';
    const title = failed ? 'Refreshing mailboxes failed' : 'Refreshing mailboxes stopped to ask';
    const detail = latestSync.detail ?? 'Try again.';
    return [{ id: 'directory-sync', level: failed ? 'problem' : 'attention', title, detail, href }];
  }
  const syncedAt = organisation.directorySyncedAt;
  if (syncedAt === null || now - syncedAt <= DIRECTORY_STALE_AFTER) return [];
  const title = 'The list of mailboxes is old';
  const hours = Math.floor((now - syncedAt) / HOUR);
  const detail = `It was refreshed ${hours} hours ago. Refresh mailboxes.`;
  return [{ id: 'directory-stale', level: 'attention', title, detail, href }];
}

function seatNeeds({ withoutSeat }: NeedFacts): readonly Need[] {
  if (withoutSeat === 0) return [];
  const title = `${withoutSeat} new users are not protected: every seat is taken`;
  const detail = 'They get one as soon as there is one. Add seats, or un-protect somebody.';
  return [{ id: 'seats-taken', level: 'attention', title, detail, href: '/users?protected=no' }];
}

function coverageNeeds({ organisation, coverage }: NeedFacts): readonly Need[] {
  if (organisation.installedAt === null || coverage.protected === 0) return [];
  if (coverage.reachable >= coverage.protected * COVERAGE_WANTED) return [];
  return [
    {
      id: 'coverage',
      level: 'attention',
      title: `${coverage.protected - coverage.reachable} of ${coverage.protected} users could not be reached today`,
      detail: 'They have given no alternate info that works. Ask them again.',
      href: '/users?protected=yes&info=missing,asked,given',
    },
  ];
}

function helpdeskNeeds({ organisation }: NeedFacts): readonly Need[] {
  if (organisation.installedAt === null || organisation.helpdesk !== null) return [];
  const title = 'Users are not told whom to ask';
  const detail = 'Say who the helpdesk is. Until then pages and notices name nobody.';
  return [{ id: 'helpdesk-missing', level: 'attention', title, detail, href: '/settings' }];
}

/** Whoever can start an event has to be there on the day; and what needs a second person needs one. */
function administratorNeeds({ organisation, administrators }: NeedFacts): readonly Need[] {
  if (organisation.installedAt === null) return [];
  if (administrators.filter(({ role }) => mayDo(role, 'operate')).length > 1) return [];
  const title = 'One person alone can run an event';
  const detail = 'Invite a second administrator: one may be away on the day.';
  return [{ id: 'one-administrator', level: 'attention', title, detail, href: '/settings' }];
}

/** Asked for when there is somebody to practise with, and not on the day that everything is installed. */
function drillNeeds({ now, organisation, coverage, hasDrilled }: NeedFacts): readonly Need[] {
  const { installedAt } = organisation;
  if (hasDrilled || installedAt === null || now - installedAt < FIRST_DRILL_WITHIN) return [];
  if (coverage.reachable === 0) return [];
  const title = 'Nobody has practised yet';
  const detail = 'Hold a first drill with a few users. Nothing of it touches production mail.';
  return [{ id: 'first-drill', level: 'attention', title, detail, href: '/event/drills' }];
}
