import { text } from '../setting.ts';

/** PostgreSQL, of one’s own or the embedded one. */
export const DATABASE_SETTINGS = {
  databaseUrl: text({
    name: 'DATABASE_URL',
    summary: 'PostgreSQL 15 or newer. Without it an embedded server runs under the data directory.',
    example: 'postgres://holdfast@db.internal/holdfast',
    secret: true,
  }),
  postgresBinaries: text({
    name: 'HOLDFAST_PG_BIN',
    summary: 'Directory of the PostgreSQL programs for the embedded server.',
    example: '/usr/lib/postgresql/15/bin',
  }),
} as const;
