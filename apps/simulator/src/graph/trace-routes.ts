import type { Router } from 'express';
import type { TraceRow } from '../tenant/message-trace.ts';
import type { World } from '../world.ts';
import { pageRequest } from './directory-routes.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { page, textParameter } from './page.ts';

const WINDOW = /^receivedDateTime ge (\S+) and receivedDateTime le (\S+)$/;
const WINDOW_DAYS = 10;
const DAY_MS = 86_400_000;

/** Message trace. Windows of ten days at most, and no filter but the window: others answer 400. */
export function traceRoutes(router: Router, world: World): void {
  router.get('/admin/exchange/tracing/messageTraces', (request, response) => {
    if (!world.messageTrace.open) {
      throw new GraphError(
        401,
        'UnknownError',
        'Service principal-less Authentication failed for the application.',
      );
    }
    const given = textParameter(request.query, '$filter');
    const [, from = '', to = ''] = WINDOW.exec(given) ?? [];
    const [since, until] = [Date.parse(from), Date.parse(to)];
    if (Number.isNaN(since) || Number.isNaN(until) || until - since > WINDOW_DAYS * DAY_MS) {
      throw badRequest(`Unsupported or invalid query filter clause: ${given}`);
    }
    const rows = world.messageTrace.between(since, until).map(present);
    response.json(page(pageRequest(world, request), rows, 'messageTraces'));
  });
}

function present(row: TraceRow) {
  const { id, senderAddress, recipientAddress, messageId, receivedAt, subject, size, fromIp } = row;
  return {
    id,
    senderAddress,
    recipientAddress,
    messageId,
    receivedDateTime: new Date(receivedAt).toISOString(),
    subject,
    size,
    fromIP: fromIp,
    toIP: '',
    status: 'delivered',
  };
}
