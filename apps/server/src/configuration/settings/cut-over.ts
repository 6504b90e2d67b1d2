import { DEFAULT_CUT_OVER_POLICY, DAY, HOUR, SECOND } from '@holdfast/domain';
import { text, whole } from '../setting.ts';

const LONGEST_WAIT = (60 * DAY) / SECOND;

/** Waits of a guided cut-over and of the way back. */
export const CUT_OVER_SETTINGS = {
  operatorContact: text({
    name: 'HOLDFAST_OPERATOR_CONTACT',
    summary:
      'Whom customers call when this installation itself is down, in a line: it stands on the card that they print.',
    example: '+49 30 1234567, day and night',
  }),
  cutOverTtlLead: whole(
    {
      name: 'HOLDFAST_CUT_OVER_TTL_LEAD',
      summary:
        'Seconds for which the TTL of the MX records has to be low before they are changed; longer where the old TTL was longer.',
      example: '172800',
      defaultWords: '48 hours',
    },
    DEFAULT_CUT_OVER_POLICY.ttlLead / SECOND,
    0,
    LONGEST_WAIT,
  ),
  cutOverWatch: whole(
    {
      name: 'HOLDFAST_CUT_OVER_WATCH',
      summary:
        'Seconds after the change of the MX records before it is told who still sends to Office 365 directly.',
      example: '259200',
      defaultWords: '72 hours',
    },
    DEFAULT_CUT_OVER_POLICY.watchFor / SECOND,
    0,
    LONGEST_WAIT,
  ),
  wayBackRelay: whole(
    {
      name: 'HOLDFAST_WAY_BACK_RELAY',
      summary:
        'Seconds for which mail that still comes is relayed after the MX records have left; longer where their TTL was longer.',
      example: String((14 * 24 * HOUR) / SECOND),
      defaultWords: '7 days',
    },
    DEFAULT_CUT_OVER_POLICY.relayOnly / SECOND,
    0,
    LONGEST_WAIT,
  ),
} as const;
