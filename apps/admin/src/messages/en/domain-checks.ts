import { formatCount } from '../../format/counts.ts';
import type { DomainView } from '../vocabulary.ts';

type Check = DomainView['checks'][number];
type Outcome = DomainView['resolvers'][number]['outcome'];

/** What the checks of a domain say on the Domains page; titles and consequences of findings come from the server. */
export const domainChecks = {
  title: 'Checks',
  name: {
    mx: 'MX',
    spf: 'SPF',
    dkim: 'DKIM',
    dmarc: 'DMARC',
    'mta-sts': 'MTA-STS',
    'tls-rpt': 'TLS reports',
    dane: 'DANE',
  } satisfies Record<Check['check'], string>,
  about: {
    mx: 'Where senders deliver',
    spf: 'Which addresses may send for the domain',
    dkim: 'Our signature on replies',
    dmarc: 'What recipients do with unproved mail',
    'mta-sts': 'Which hosts senders may deliver to, encrypted',
    'tls-rpt': 'Where senders report failed encryption',
    dane: 'Which certificate our hosts must show',
  } satisfies Record<Check['check'], string>,
  result: {
    good: 'Right',
    note: 'Note',
    unknown: 'Not known',
    attention: 'Look at this',
    problem: 'Problem',
  } satisfies Record<Check['result'], string>,
  summary: (problems: number, attentions: number, unknown: number): string => {
    const parts = [
      ...(problems > 0
        ? [`${formatCount(problems)} ${problems === 1 ? 'problem' : 'problems'}`]
        : []),
      ...(attentions > 0 ? [`${formatCount(attentions)} to look at`] : []),
      ...(unknown > 0 ? [`${formatCount(unknown)} not known`] : []),
    ];
    return parts.length === 0 ? 'All right' : parts.join(', ');
  },
  none: 'Not checked yet.',
  seen: 'What DNS says',
  ttl: (seconds: number) => `TTL ${formatCount(seconds)} s`,
  resolvers: 'What each resolver says of MX',
  resolver: {
    found: 'answered',
    absent: 'says there is no record',
    failed: 'could not tell',
    silent: 'did not answer',
  } satisfies Record<Outcome, string>,
  authoritative: 'the domain’s own server',
  cached: 'from a cache',
  signed: 'DNSSEC validated',
  cacheNote: 'Answers may come from a cache: a TTL is what is left of it.',
  oldUntil: (when: string) =>
    `MX has changed. Resolvers may still answer with the old record until ${when}.`,
  watchedUntil: (when: string) => `Looked at more often until ${when}, while MX moves.`,
  next: 'Next check',
  since: (when: string) => `Since ${when}.`,
  seenNow: 'Now in DNS:',
  accept: 'Take this as right',
  accepted: 'Taken as right. Later changes are compared with this.',
  telling: 'Administrators are being told.',
  history: 'Changes in 90 days',
  historyNone: 'Nothing was seen yet.',
  historyEmpty: 'no record',
  historyRange: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  arrivals: 'Where mail came from in the last 24 hours',
  arrivalsNone: 'No mail of this domain came in the last 24 hours.',
  arrivalMessages: (count: number) =>
    `${formatCount(count)} ${count === 1 ? 'message' : 'messages'}`,
  arrivalTrusted: 'listed hop',
  arrivalUnlisted: 'not a listed hop',
  arrivalsUnlisted:
    'Part of the mail does not come from the listed hops: either the filter has further addresses, or senders go round it.',
  find: 'Find a domain',
  onlyOpen: 'Only what needs you',
  shown: (shown: number, all: number) => `${formatCount(shown)} of ${formatCount(all)} domains`,
  nothingFound: 'No domain matches.',
  nothingFoundText: 'Take the filter off to see all of them.',
  showAll: 'Show all domains',
  fold: 'Fold',
  more: (name: string) => `Show ${name}`,
};
