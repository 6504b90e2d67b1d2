import { ROLES, type Role } from '../roles.ts';
import { no, ok, setting, text } from '../setting.ts';

/** The host: where its data are and which roles it runs. */
export const HOST_SETTINGS = {
  dataDirectory: text(
    {
      name: 'HOLDFAST_DATA_DIR',
      summary:
        'Where the spool, the snapshot and the embedded database live. Mail is on this disk: use a durable one.',
      example: '/var/lib/holdfast',
    },
    '.holdfast',
  ),
  roles: setting<readonly Role[]>(
    {
      name: 'HOLDFAST_ROLES',
      summary: 'Which roles this host runs.',
      example: 'mx,ingest',
      defaultWords: 'all: mx, ingest, relay, web, worker',
    },
    ROLES,
    (value) => {
      const wanted = value.split(',').map((part) => part.trim());
      const known = ROLES.filter((role) => wanted.includes(role));
      return wanted.length > 0 && known.length === wanted.length
        ? ok(known)
        : no(`it must name roles of ${ROLES.join(', ')}`);
    },
  ),
} as const;
