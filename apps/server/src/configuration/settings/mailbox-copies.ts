import { DEFAULT_COPY_POLICY, MAX_COPY_REQUESTS } from '@holdfast/domain';
import { whole } from '../setting.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** How fast mailboxes of protected users are copied out of Office 365, where that is permitted. */
export const MAILBOX_COPY_SETTINGS = {
  mailboxCopies: whole(
    {
      name: 'HOLDFAST_MAILBOX_COPIES',
      summary:
        'Mailboxes of an organisation that are copied out of Office 365 at a time, where the permission for mailboxes is given; 0: none are.',
      example: '8',
    },
    DEFAULT_COPY_POLICY.mailboxes,
    0,
    64,
  ),
  mailboxCopyRequests: whole(
    {
      name: 'HOLDFAST_MAILBOX_COPY_REQUESTS',
      summary: 'Messages of one mailbox that are read at a time; Microsoft allows four.',
      example: '2',
    },
    DEFAULT_COPY_POLICY.requests,
    1,
    MAX_COPY_REQUESTS,
  ),
  mailboxCopyGibPerDay: whole(
    {
      name: 'HOLDFAST_MAILBOX_COPY_GIB_PER_DAY',
      summary:
        'GiB that are copied for one organisation in a day (UTC); the rest follows the next day.',
      example: '100',
    },
    DEFAULT_COPY_POLICY.bytesPerDay / GIB,
    1,
    100_000,
  ),
  mailboxCopyLargestMib: whole(
    {
      name: 'HOLDFAST_MAILBOX_COPY_LARGEST_MIB',
      summary: 'Messages larger than this many MiB are left out of the copy.',
      example: '10',
    },
    DEFAULT_COPY_POLICY.largestMessage / MIB,
    1,
    64,
  ),
} as const;
