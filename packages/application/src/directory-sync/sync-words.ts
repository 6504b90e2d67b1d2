import type { SyncGuardDecision } from '@holdfast/domain';
import type {
  CollectionRead,
  DirectoryCollection,
} from '../ports/repositories/directory-intake.ts';
import type { DomainRecord } from '../records/organisation.ts';
import type { SyncGuards } from './apply-directory.ts';
import type { ProtectedNewcomers } from './protect-newcomers.ts';
import { leavingWords, type LeavingUsers } from './unprotect-ineligible.ts';

/** What a run did not do or could not know, for the administrator; null when there is nothing to say. */
export function describeSync(run: {
  readonly guards: SyncGuards;
  readonly leaving: LeavingUsers;
  readonly lists: readonly DomainRecord[];
  readonly newcomers: ProtectedNewcomers;
  readonly reads: readonly CollectionRead[];
}): string | null {
  const words = [
    ...guardWords(run.guards),
    ...leavingWords(run.leaving),
    ...missingWords(run.reads),
    ...listWords(run.lists),
    ...newcomerWords(run.newcomers),
  ];
  return words.length === 0 ? null : words.join(' ');
}

function guardWords({ removals, disablings, addressLosses }: SyncGuards): readonly string[] {
  const words: string[] = [];
  if (removals.decision === 'ask') {
    words.push(
      `${removals.affected} of ${removals.known} objects are gone from Office 365, more than a tidy-up. None of them was removed here. Check the tenant before you go on.`,
    );
  }
  if (disablings.decision === 'ask') {
    words.push(
      `${disablings.affected} of ${disablings.known} accounts are switched off in Office 365, more than a tidy-up. None of them was switched off here. Check the tenant before you go on.`,
    );
  }
  if (addressLosses.decision === 'ask') {
    words.push(
      `${addressLosses.affected} of ${addressLosses.known} addresses are gone from objects in Office 365, more than a tidy-up. Mail to all of them is still accepted. Check the tenant before you go on.`,
    );
  }
  const kept = [removals, addressLosses].find(isKept);
  if (kept !== undefined) words.push(KEPT_WORDS[kept.reason]);
  return words;
}

const KEPT_WORDS = {
  'event-open': 'Nobody is removed while an emergency event is open.',
  'primary-not-healthy': 'Nobody is removed while Office 365 is not healthy.',
} as const;

function isKept(
  decision: SyncGuardDecision,
): decision is Extract<SyncGuardDecision, { decision: 'keep' }> {
  return decision.decision === 'keep';
}

/** What was not permitted, and what it blocks. */
const MISSING: readonly (readonly [DirectoryCollection, string])[] = [
  ['groups', 'Groups could not be read (GroupMember.Read.All): known ones stay as they are.'],
  ['contacts', 'Contacts could not be read (OrgContact.Read.All): known ones stay as they are.'],
  [
    'restrictions',
    'Exchange did not tell who may write to which group: mail to groups of which that is not known is queued and not shown to their members.',
  ],
];

function missingWords(reads: readonly CollectionRead[]): readonly string[] {
  const read = new Set(reads.map(({ collection }) => collection));
  const words = MISSING.filter(([collection]) => !read.has(collection)).map(([, said]) => said);
  if (!read.has('recipients') && !read.has('purposes')) {
    words.push(
      'Mailboxes could not be told apart (MailboxSettings.Read): a disabled account without a licence is taken for a shared mailbox.',
    );
  }
  return words;
}

function listWords(domains: readonly DomainRecord[]): readonly string[] {
  const partial = domains.filter(({ recipientList }) => !recipientList.complete);
  if (partial.length === 0) return [];
  const names = partial.map(({ name }) => name).join(', ');
  return [
    `The list of recipients is not complete (${names}): unknown addresses are checked with Office 365 one by one.`,
  ];
}

function newcomerWords({ protected: done, withoutSeat }: ProtectedNewcomers): readonly string[] {
  const words: string[] = [];
  if (done > 0) words.push(`${done} new users are protected now.`);
  if (withoutSeat > 0) {
    words.push(`${withoutSeat} new users are not protected: every seat of your plan is taken.`);
  }
  return words;
}
