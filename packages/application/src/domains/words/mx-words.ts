import type { FindingCode } from '@holdfast/domain';
import type { WordsOf } from './finding-words.ts';

/** Where mail for the domain goes. */
export const MX_WORDS: WordsOf<Extract<FindingCode, `mx-${string}`>> = {
  'mx-here': ['MX points here', 'All mail of the domain comes through us.', ''],
  'mx-filter': [
    'MX is the filter’s: {}',
    'Mail comes through the filter, which delivers it to our hosts.',
    '',
  ],
  'mx-not-yet': [
    'MX does not point here: {}',
    'Mail goes past us. In an outage it is not readable here.',
    'Enter the records that “Learn more” shows, in place of those that are there.',
  ],
  'mx-absent': [
    'There is no MX record',
    'Senders try the address of the domain itself, and most mail bounces.',
    'Enter the records that “Learn more” shows.',
  ],
  'mx-null': [
    'A null MX says that the domain takes no mail',
    'Every sender bounces mail at once (RFC 7505).',
    'Replace it with the records that “Learn more” shows.',
  ],
  'mx-null-and-others': [
    'A null MX stands beside other records',
    'Senders may take either: part of the mail bounces at once (RFC 7505 §3).',
    'Remove the record whose host is a single dot.',
  ],
  'mx-office365-left': [
    'Office 365 is still there: {}',
    'Senders go straight to Office 365 whenever our host is slow, and spammers first: past filter and copy.',
    'Remove this record. A backup there is none.',
  ],
  'mx-other-left': [
    'Another host is still there: {}',
    'Mail that goes there has no copy here, and may be filtered by nobody.',
    'Remove this record.',
  ],
  'mx-host-missing': [
    'One of our hosts is not entered: {}',
    'Mail comes through us, with one way less when a host fails.',
    'Enter it as well.',
  ],
  'mx-host-unresolved': [
    '{} has no address',
    'Senders cannot deliver there, and wait or go to the next record.',
    'Correct the name, or remove the record.',
  ],
  'mx-host-silent': [
    'The address of {} was not told',
    'DNS did not answer, so nothing is known newly.',
    '',
  ],
  'mx-host-alias': [
    '{} is an alias',
    'A host in an MX record must not be a CNAME: some senders do not follow it (RFC 2181 §10.3).',
    'Enter the name that the alias leads to.',
  ],
  'mx-host-is-address': [
    '{} is an address and no name',
    'Senders look for a host of that name and find none (RFC 5321 §5.1).',
    'Enter a host name.',
  ],
  'mx-host-elsewhere': [
    'A host of ours leads elsewhere: {}',
    'Mail goes to a machine that is not ours, or senders wait for one that is gone.',
    'Correct the address record of the host, or HOLDFAST_MX_ADDRESSES on the server.',
  ],
  'mx-ours-beside-filter': [
    'Our host stands beside the filter: {}',
    'Senders can go round the filter.',
    'Remove our record, or say that the filter will be removed.',
  ],
  'mx-office365-behind-filter': [
    'Office 365 stands in the records: {}',
    'Mail on that way passes filter and us by.',
    'Remove this record.',
  ],
  'mx-ttl-long': [
    'The TTL is {} s',
    'A change of MX, also the way back, takes that long to reach every sender.',
    'Lower it to 300 s two days before a change, and to 3600 s at most for good.',
  ],
  'mx-disagreement': [
    'Resolvers do not say the same',
    'Part of the senders still uses the old record. Mail goes to every host that is named below.',
    'Wait until the TTL is over and check again. If it stays, a name server of the domain is behind.',
  ],
  'mx-silent': [
    'DNS did not answer',
    'Nothing is known newly; the state is from before. Silence is not taken for absence.',
    'If it stays, look at HOLDFAST_DNS on the server.',
  ],
};
