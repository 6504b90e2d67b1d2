import {
  TenantError,
  type TenantCredentials,
  type TenantMessageTrace,
  type TraceReading,
} from '@holdfast/application';
import type { TracedMessage } from '@holdfast/domain';
import { failureOf } from '../http/failure.ts';
import { createGraphClient, type GraphClient } from '../graph/graph-client.ts';
import { tracedMessage } from '../graph/graph-schemas.ts';
import { settle, type TenantAdapterOptions } from '../http/options.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

/** Rows of one page. Microsoft takes 100 requests in five minutes here, so pages are large (reference 3.3). */
const PAGE_SIZE = '999';

export function createTenantMessageTrace(options: TenantAdapterOptions): TenantMessageTrace {
  const settings = settle(options);
  const graph = createGraphClient(settings, createTokenSource(settings));
  return {
    received: (credentials, window) => readTrace(graph, credentials, window),
  };
}

/** Ends the listing when enough was read. */
class Enough extends Error {}

/** What Office 365 received in a window; `limit` rows are enough. */
export async function readTrace(
  graph: GraphClient,
  credentials: TenantCredentials,
  { since, until, limit }: Parameters<TenantMessageTrace['received']>[1],
): Promise<TraceReading> {
  const from = new Date(since).toISOString();
  const to = new Date(until).toISOString();
  const query = {
    $filter: `receivedDateTime ge ${from} and receivedDateTime le ${to}`,
    $top: PAGE_SIZE,
  };
  const rows: TracedMessage[] = [];
  try {
    await graph.list(
      credentials,
      '/admin/exchange/tracing/messageTraces',
      query,
      tracedMessage,
      (page) => {
        for (const row of page) {
          rows.push({
            sender: row.senderAddress ?? '',
            recipient: row.recipientAddress ?? '',
            fromIp: row.fromIP ?? '',
            receivedAt: row.receivedDateTime,
          });
        }
        if (rows.length > limit) throw new Enough();
      },
    );
  } catch (error) {
    if (error instanceof Enough) return { rows, complete: false };
    throw explained(error);
  }
  return { rows, complete: true };
}

/** Until Microsoft's own service principal is in the tenant, message trace answers 401 whatever was consented (S24). */
function explained(error: unknown): unknown {
  if (!(error instanceof TenantError) || error.failure.code !== 'sign-in-failed') return error;
  return failureOf(
    'forbidden',
    `Message trace is not open to applications in this tenant yet: add Microsoft’s service principal 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 (${error.failure.detail})`,
  );
}
