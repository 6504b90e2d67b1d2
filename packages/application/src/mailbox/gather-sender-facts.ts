import { domainOf, latinised, parseSearch, type SenderFacts } from '@holdfast/domain';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { MailboxListItem } from '../records/mail.ts';
import { MAILBOX_SHOWS } from './list-mailbox.ts';

/** What the mailbox and the directory know of a sender, before the message itself is read. */
export type KnownOfSender = Pick<SenderFacts, 'ownDomains' | 'colleagues' | 'isFirst'> & {
  /** The reader wants this sender's pictures without being asked. */
  readonly showsPictures: boolean;
};

export const NOTHING_KNOWN: KnownOfSender = {
  ownDomains: [],
  colleagues: [],
  isFirst: false,
  showsPictures: false,
};

/** People of one name that are looked at. */
const SAME_NAME = 20;
/** Earlier messages with the words of the address that are looked at. */
const EARLIER = 20;

export async function gatherSenderFacts(
  repositories: OrganisationRepositories,
  item: MailboxListItem,
): Promise<KnownOfSender> {
  const { from } = item;
  if (from === null) return NOTHING_KNOWN;
  const address = from.address.toLowerCase();
  const ownDomains = (await repositories.domains.list()).map(({ name }) => name.toLowerCase());
  const showsPictures = await repositories.pictureSenders.isChosen(item.userId, address);
  // A colleague is in the directory, is not new, and bears their own name.
  if (ownDomains.includes(domainOf(address)))
    return { ownDomains, colleagues: [], isFirst: false, showsPictures };
  return {
    ownDomains,
    colleagues: await peopleNamed(repositories, from.name),
    isFirst: !(await isKnown(repositories, item, address)),
    showsPictures,
  };
}

/** By the name as it is written, and as it would be read: letters of other scripts stand for Latin ones. */
async function peopleNamed(
  { directory }: OrganisationRepositories,
  name: string,
): Promise<SenderFacts['colleagues']> {
  const words = name.split(/[\s,]+/u).filter((word) => word.length > 1);
  const longest = words.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return [];
  const searches = new Set([longest.toLowerCase(), latinised(longest)]);
  const found: SenderFacts['colleagues'][number][] = [];
  for (const search of searches) {
    const { rows } = await directory.page({
      search,
      kinds: ['user'],
      protected: null,
      alternateInfo: null,
      sort: 'name',
      descending: false,
      offset: 0,
      limit: SAME_NAME,
    });
    found.push(...rows.map((row) => ({ name: row.displayName, address: row.primaryAddress })));
  }
  return found;
}

/** By the index of words, which is fast in a mailbox of any size; then by the address itself. */
async function isKnown(
  { mailbox }: OrganisationRepositories,
  item: MailboxListItem,
  address: string,
): Promise<boolean> {
  for (const part of ['from', 'to']) {
    const { items } = await mailbox.search(
      item.userId,
      parseSearch(`${part}:"${address.replaceAll('"', '')}"`, {
        now: item.acceptedAt,
        zone: 'UTC',
      }),
      item.acceptedAt - MAILBOX_SHOWS,
      EARLIER,
      { acceptedAt: item.acceptedAt, messageId: item.messageId },
    );
    const isWith = items.some(
      ({ from, to }) =>
        from?.address.toLowerCase() === address ||
        to.some((party) => party.address.toLowerCase() === address),
    );
    if (isWith) return true;
  }
  return false;
}
