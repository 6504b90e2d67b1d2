import { choice, whole } from '../setting.ts';

/** How much is kept, and for how long. */
export const STORE_CAPACITY_SETTINGS = {
  diskReserveBytes: whole(
    {
      name: 'HOLDFAST_DISK_RESERVE_BYTES',
      summary: 'Below this much free disk the MX answers 452, and accepts again by itself.',
      example: '1073741824',
    },
    512 * 1024 * 1024,
    0,
    10 ** 13,
  ),
  copyRetentionDays: whole(
    {
      name: 'HOLDFAST_COPY_RETENTION_DAYS',
      summary:
        'Days that copies of mail are kept: what emergency mailboxes show. Mail that still waits stays longer, mail of unprotected recipients goes a day after it was delivered.',
      example: '30',
    },
    30,
    1,
    3650,
  ),
} as const;

/** Where message bytes are. */
export const MESSAGE_STORE_SETTINGS = {
  messageStore: choice(
    {
      name: 'HOLDFAST_MESSAGE_STORE',
      summary: 'Where message bytes are read from.',
      example: 'local',
    },
    'local',
    ['local'],
  ),
} as const;
