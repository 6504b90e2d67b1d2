import { choice, no, ok, setting, url, whole, type Setting } from '../setting.ts';

const readClamdUrl: Setting<string | null>['read'] = (value) => {
  if (/^unix:\/[^\0]+$/.test(value)) return ok(value);
  const parsed = URL.parse(value);
  return parsed?.protocol === 'tcp:' && parsed.hostname !== '' && parsed.port !== ''
    ? ok(value)
    : no('it must be tcp://host:port or unix:/path/of/the/socket');
};

/** Content filters, and what becomes of what they find. */
export const FILTER_SETTINGS = {
  filterBudget: whole(
    {
      name: 'HOLDFAST_FILTER_BUDGET',
      summary:
        'Seconds that DNS and each content filter may keep a message waiting before it is accepted, flagged.',
      example: '10',
    },
    10,
    1,
    60,
  ),
  rspamdUrl: url({
    name: 'HOLDFAST_RSPAMD_URL',
    summary:
      'Normal worker of Rspamd. Its score makes mail junk, quarantined or refused; without an answer mail is accepted, flagged.',
    example: 'http://127.0.0.1:11333',
    defaultWords: 'none: no spam filter',
  }),
  clamdUrl: setting<string | null>(
    {
      name: 'HOLDFAST_CLAMD_URL',
      summary:
        'clamd, as `tcp://host:port` or `unix:/path`. What it could not scan, or what is larger than 25 MiB, is accepted, flagged.',
      example: 'unix:/run/clamav/clamd.ctl',
      defaultWords: 'none: no virus scanner',
    },
    null,
    readClamdUrl,
  ),
  virusAction: choice(
    {
      name: 'HOLDFAST_VIRUS_ACTION',
      summary: 'What becomes of a message in which clamd finds a virus.',
      example: 'reject',
    },
    'quarantine',
    ['quarantine', 'reject'],
  ),
} as const;
