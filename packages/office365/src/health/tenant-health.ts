import type { TenantHealth } from '@holdfast/application';
import { z } from 'zod';
import { createGraphClient } from '../graph/graph-client.ts';
import { inboxCount } from '../graph/graph-schemas.ts';
import { settle, type TenantAdapterOptions } from '../http/options.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const issue = z.object({
  id: text,
  title: text,
  status: text,
  // Seen as a boolean and as text.
  isResolved: z
    .unknown()
    .optional()
    .transform((value) => /^true$/i.test(String(value))),
  startDateTime: z
    .string()
    .nullish()
    .transform((value) => {
      const at = Date.parse(value ?? '');
      return Number.isNaN(at) ? null : at;
    }),
});

const overview = z.object({ service: text, status: text, issues: z.array(issue).nullish() });

/** Sign-in, mailboxes and service health as probes (reference 4.1 and 4.4). */
export function createTenantHealth(options: TenantAdapterOptions): TenantHealth {
  const settings = settle(options);
  const { clock } = settings;
  const tokens = createTokenSource(settings);
  const graph = createGraphClient(settings, tokens);
  return {
    async probeSignIn(credentials) {
      const started = clock.now();
      await tokens.freshToken(credentials, 'graph');
      return { latency: clock.now() - started };
    },
    async probeMailbox(credentials, address) {
      // The token is not what is measured: a cached one will do.
      await tokens.token(credentials, 'graph');
      const started = clock.now();
      const path = `/users/${encodeURIComponent(address)}/mailFolders/inbox`;
      const query = { $select: 'id,totalItemCount' };
      const asked = { method: 'GET', path, query, patient: false } as const;
      await graph.send(credentials, asked, inboxCount);
      return { latency: clock.now() - started };
    },
    async services(credentials) {
      const path = '/admin/serviceAnnouncement/healthOverviews';
      const query = { $expand: 'issues' };
      const asked = { method: 'GET', path, query, patient: false } as const;
      const page = z.object({ value: z.array(overview) });
      const { value } = await graph.send(credentials, asked, page);
      return value.map(({ service, status, issues }) => ({
        service,
        status,
        incidents: (issues ?? []).map(({ startDateTime, ...rest }) => ({
          ...rest,
          startedAt: startDateTime,
        })),
      }));
    },
  };
}
