import { describe } from 'vitest';
import { createTenantDirectory } from '../src/directory/tenant-directory.ts';
import { createTenantHealth } from '../src/health/tenant-health.ts';
import { createTenantMailbox } from '../src/mailbox/tenant-mailbox.ts';
import { errorTable, type ErrorRow } from './error-table.ts';
import type { AwkwardRule } from './simulated-tenant.ts';

type Act = ErrorRow['act'];
const ADELE = 'adele.vance@contoso.example';
const profile: Act = (options, credentials) => createTenantDirectory(options).profile(credentials);
const probe =
  (address: string): Act =>
  (options, credentials) =>
    createTenantHealth(options).probeMailbox(credentials, address);
let messages = 0;
/** A new message each time: the first attempt of a row finds nothing that is there already. */
const putSent: Act = (options, credentials) => {
  messages += 1;
  return createTenantMailbox(options).putSentItem(credentials, ADELE, {
    messageId: `<row-${messages}@holdfast.example>`,
    sentAt: Date.UTC(2026, 10, 20),
    from: { name: 'Adele', address: ADELE },
    to: [{ name: '', address: 'kai.carter@fabrikam.example' }],
    cc: [],
    bcc: [],
    subject: 'Row',
    text: 'Row',
    html: null,
    inReplyTo: null,
    references: [],
    attachments: [],
    transportHeaders: '',
    marker: 'row',
  });
};

const on = (
  path: string,
  fault: AwkwardRule['fault'],
  calls?: readonly number[],
): AwkwardRule[] => [{ service: 'graph', path, fault, ...(calls !== undefined && { calls }) }];
const organisation = (fault: AwkwardRule['fault'], calls?: readonly number[]) =>
  on('/organization', fault, calls);
const inbox = (fault: AwkwardRule['fault']) => on('/users/*/mailFolders/inbox', fault);
const create = (fault: AwkwardRule['fault'], calls?: readonly number[]): AwkwardRule[] =>
  on('/users/*/mailFolders/sentitems/messages', fault, calls).map((rule) => ({
    ...rule,
    method: 'POST',
  }));
const refused = (status: number, code: string, message = 'Said by Graph.') => ({
  kind: 'refused',
  status,
  code,
  message,
});

describe('throttling and passing trouble: reference 2.6', () => {
  errorTable([
    // First: the pauses of the others are not waited for, so that later on our clock is ahead of the simulator's.
    {
      row: '2.6 429 with Retry-After as a date',
      rules: organisation({ kind: 'busy', retryAfterSeconds: 10, retryAfterAs: 'date' }, [1]),
      act: profile,
      outcome: 'fine',
      pauses: [10_400],
      asked: ['/organization', 2],
    },
    {
      row: '2.6 429 with Retry-After in seconds: waited for, then asked again',
      rules: organisation({ kind: 'busy', retryAfterSeconds: 7 }, [1]),
      act: profile,
      outcome: 'fine',
      pauses: [7000],
      asked: ['/organization', 2],
    },
    {
      row: '2.6 503 with Retry-After',
      rules: organisation({ kind: 'busy', status: 503, retryAfterSeconds: 2 }, [1]),
      act: profile,
      outcome: 'fine',
      pauses: [2000],
      asked: ['/organization', 2],
    },
    ...[500, 502, 504].map((status) => ({
      row: `2.6 ${status} to a question: asked again`,
      rules: organisation({ kind: 'busy', status }, [1, 2]),
      act: profile,
      outcome: 'fine' as const,
      pauses: [1000, 2000],
      asked: ['/organization', 3] as const,
    })),
    {
      row: 'a gateway’s page in place of JSON, with status 200: asked again',
      rules: organisation({ kind: 'html', status: 200 }, [1]),
      act: profile,
      outcome: 'fine',
      pauses: [1000],
      asked: ['/organization', 2],
    },
    {
      row: 'a connection that is cut in the body: asked again',
      rules: organisation({ kind: 'cut', when: 'in-body' }, [1]),
      act: profile,
      outcome: 'fine',
      pauses: [1000],
      asked: ['/organization', 2],
    },
    {
      row: 'a connection that is cut each time: nobody was reached',
      rules: organisation({ kind: 'cut', when: 'before' }),
      act: profile,
      outcome: 'unreachable',
      pauses: [1000, 2000, 4000, 8000],
      asked: ['/organization', 5],
    },
    {
      row: '1.1 401 once: a new token, and asked again',
      rules: organisation({ kind: 'token-refused' }, [1]),
      act: profile,
      outcome: 'fine',
      asked: ['/token', 2],
    },
    {
      row: '1.1 401 with a new token as well: believed',
      rules: organisation({ kind: 'token-refused' }),
      act: profile,
      outcome: 'sign-in-failed',
      asked: ['/organization', 2],
    },
    {
      row: '6.4 a next page at another host: not followed',
      rules: organisation({ kind: 'foreign-link' }),
      act: profile,
      outcome: 'unexpected',
      asked: ['/organization', 1],
      words: /points to another host/,
    },
    {
      row: 'a next page that is this page: ended',
      rules: organisation({ kind: 'circular-link' }),
      act: profile,
      outcome: 'unexpected',
      asked: ['/organization', 1],
      words: /do not end/,
    },
    {
      row: '2.2 pages without an entry: followed to their end',
      rules: organisation({ kind: 'empty-pages', pages: 3 }),
      act: profile,
      outcome: 'fine',
      asked: ['/organization', 4],
    },
    {
      row: 'refused with 403: the permission is missing',
      rules: organisation(refused(403, 'Authorization_RequestDenied')),
      act: profile,
      outcome: 'forbidden',
      asked: ['/organization', 1],
      words: /^The application may not do this\. Grant the permission/,
    },
    // Last: what it is told holds for everything that comes after it.
    {
      row: '2.6 429 without Retry-After: twice as long each time, and given up in the end',
      rules: organisation({ kind: 'busy' }),
      act: profile,
      outcome: 'throttled',
      pauses: [1000, 2000, 4000, 8000],
      asked: ['/organization', 5],
      words: /^Microsoft asks to slow down\. .*TooManyRequests/,
    },
  ]);
});

describe('a pause that nobody waits for: reference 2.6', () => {
  errorTable([
    {
      row: '2.6 429 with a Retry-After that is longer than we wait: told to the caller at once',
      rules: organisation({ kind: 'busy', retryAfterSeconds: 600 }),
      act: profile,
      outcome: 'throttled',
      asked: ['/organization', 1],
      retryAfter: 600_000,
    },
  ]);
});

describe('the mailbox probe: reference 4.4', () => {
  const row = (
    name: string,
    fault: AwkwardRule['fault'],
    outcome: ErrorRow['outcome'],
  ): ErrorRow => ({
    row: `4.4 ${name}`,
    rules: inbox(fault),
    act: probe(ADELE),
    outcome,
    asked: ['/inbox', fault.kind === 'token-refused' ? 2 : 1],
  });
  errorTable([
    { row: '4.4 200', rules: [], act: probe(ADELE), outcome: 'fine', asked: ['/inbox', 1] },
    row('503', { kind: 'busy', status: 503 }, 'unavailable'),
    row('504', { kind: 'busy', status: 504 }, 'unavailable'),
    row(
      '503 ErrorMailboxStoreUnavailable',
      refused(503, 'ErrorMailboxStoreUnavailable'),
      'unavailable',
    ),
    row('503 ErrorServerBusy', refused(503, 'ErrorServerBusy'), 'unavailable'),
    row('401', { kind: 'token-refused' }, 'sign-in-failed'),
    row(
      '403 ErrorAccessDenied',
      refused(403, 'ErrorAccessDenied', 'Access to OData is disabled.'),
      'forbidden',
    ),
    row('429', { kind: 'busy' }, 'throttled'),
    row('no answer', { kind: 'cut', when: 'before' }, 'unreachable'),
    {
      row: '4.4 404 MailboxNotEnabledForRESTAPI, a user without a licence, by the simulator’s own judgement',
      rules: [],
      act: probe('delia.dennis@contoso.example'),
      outcome: 'not-found',
      words: /MailboxNotEnabledForRESTAPI/,
    },
  ]);
});

describe('recovery writes: reference 5b', () => {
  errorTable([
    {
      row: '5b 429 to a creation: nothing was done, so it is asked again',
      rules: create({ kind: 'busy', retryAfterSeconds: 5 }, [1]),
      act: putSent,
      outcome: 'fine',
      pauses: [5000],
    },
    {
      row: '5b 504 to a creation: nobody knows, so it is not asked again by itself',
      rules: create({ kind: 'busy', status: 504 }, [1]),
      act: putSent,
      outcome: 'unavailable',
    },
    {
      row: '5b an answer that is lost: not asked again by itself',
      rules: create({ kind: 'cut', when: 'after' }, [1]),
      act: putSent,
      outcome: 'unreachable',
    },
    {
      row: '5b 413, larger than 4 MB',
      rules: create(refused(413, 'RequestEntityTooLarge')),
      act: putSent,
      outcome: 'unexpected',
      words: /RequestEntityTooLarge/,
    },
    {
      row: '5b 403, scoped away from this mailbox',
      rules: create(refused(403, 'ErrorAccessDenied', 'Access to OData is disabled.')),
      act: putSent,
      outcome: 'forbidden',
      words: /Access to OData is disabled/,
    },
    {
      row: '5b 404, the mailbox is gone',
      rules: create(refused(404, 'ErrorItemNotFound')),
      act: putSent,
      outcome: 'not-found',
    },
  ]);
});
