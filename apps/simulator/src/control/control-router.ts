import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { CONNECTION_MODES, OUTAGE_SHAPES } from '../outage/outage.ts';
import { sampleMail } from '../sample-mail/sample-mail.ts';
import { seedMailboxes } from '../sample-mail/seed-mailboxes.ts';
import { hasMailbox } from '../tenant/recipient.ts';
import { primaryAddress } from '../tenant/directory.ts';
import type { World } from '../world.ts';
import { awkwardnessControl } from './awkwardness-control.ts';
import { applicationControl } from './application-control.ts';
import { ControlError } from './control-error.ts';
import { directoryControl, populationControl } from './directory-control.ts';
import { dnsControl } from './dns-control.ts';
import { exchangeControl } from './exchange-control.ts';
import { presentMailbox, presentMessages } from './present.ts';
import { pushControl } from './push-control.ts';
import { sendMail, sendRequest } from './send-mail.ts';
import { tenantMailboxes } from './tenant-mailboxes.ts';
import { tenantFacts } from './tenant-facts.ts';

const MAX_SAMPLE_DAYS = 60;
const MAX_SAMPLE_PER_DAY = 20;

const outageRequest = z.object({
  shape: z.enum(OUTAGE_SHAPES),
  replies: z.array(z.string().regex(/^[2-5]\d\d[ -]/, 'must be "<code> <text>"')).optional(),
  after: z.enum(['mail', 'rcpt', 'data']).optional(),
  connection: z.enum(CONNECTION_MODES).optional(),
});

const webhookRequest = z.object({ url: z.url(), token: z.string().min(1) });
const answerRequest = z.object({ from: z.string().min(1), text: z.string().min(1) });

const sampleQuery = z.object({
  days: z.coerce.number().int().min(1).max(MAX_SAMPLE_DAYS).default(30),
  perDay: z.coerce.number().int().min(1).max(MAX_SAMPLE_PER_DAY).default(2),
  recipients: z.string().min(1),
});

/** How tests and people steer the world and look into it. JSON; the page at `/` posts forms to the same places. */
export function controlRouter(world: World): Router {
  const router = express.Router();
  router.use(
    express.json({ limit: '60mb' }),
    express.urlencoded({ extended: false }),
    jsonWithoutType,
  );
  router.get('/tenant', (_request, response) => {
    response.json(tenantFacts(world));
  });
  router.get('/outage', (_request, response) => {
    response.json({
      ...world.outage.settings,
      since: new Date(world.outage.since).toISOString(),
    });
  });
  router.post('/outage', (request, response) => {
    world.outage.set(outageRequest.parse(request.body));
    if (request.is('urlencoded')) return response.redirect(303, '/');
    response.json({
      ...world.outage.settings,
      since: new Date(world.outage.since).toISOString(),
    });
  });
  router.post('/reset', async (request, response) => {
    world.reset();
    await seedMailboxes(world);
    if (request.is('urlencoded')) return response.redirect(303, '/');
    response.json({ reset: true });
  });
  router.post('/send', async (request, response) => {
    const outcome = await sendMail(world, sendRequest.parse(request.body));
    response.status(outcome.sent ? 200 : 502).json(outcome);
  });
  router.get('/sms', (_request, response) => {
    response.json(world.sms.list());
  });
  router.get('/voice', (_request, response) => {
    response.json(world.voice.list());
  });
  router.post('/sms/webhook', (request, response) => {
    world.sms.setWebhook(webhookRequest.parse(request.body));
    response.json({ set: true });
  });
  router.post('/sms/answer', async (request, response) => {
    const { from, text } = answerRequest.parse(request.body);
    const status = await world.sms.answer(from, text);
    if (request.is('urlencoded')) return response.redirect(303, '/');
    response.json({ status });
  });
  router.get('/sample-mail', async (request, response) => {
    const query = sampleQuery.parse(request.query);
    const recipients = query.recipients.split(',').map((address) => address.trim().toLowerCase());
    const messages = await sampleMail({ ...query, recipients, now: Date.now() });
    response.json({
      messages: messages.map((message) => ({
        ...message,
        receivedAt: new Date(message.receivedAt).toISOString(),
        raw: message.raw.toString('base64'),
      })),
    });
  });
  applicationControl(router, world);
  mailboxControl(router, world);
  awkwardnessControl(router, world);
  dnsControl(router, world);
  directoryControl(router, world);
  populationControl(router, world);
  pushControl(router, world);
  exchangeControl(router, world);
  router.use((request) => {
    throw new ControlError(404, `There is nothing at ${request.originalUrl}.`);
  });
  router.use(errorHandler);
  return router;
}

function mailboxControl(router: Router, world: World): void {
  router.get('/mailboxes', (_request, response) => {
    response.json(tenantMailboxes(world).map(presentMailbox));
  });
  router.get('/mailboxes/:address/messages', (request, response) => {
    const recipient = world.directory.resolve(request.params.address);
    const address = recipient && hasMailbox(recipient) ? primaryAddress(recipient) : undefined;
    if (address === undefined) {
      throw new ControlError(404, `The tenant has no mailbox ${request.params.address}.`);
    }
    response.json(presentMessages(world.tenantMail.mailbox(address)));
  });
  router.get('/external', (_request, response) => {
    response.json(world.outsideMail.all().map(presentMailbox));
  });
  router.get('/external/:address/messages', (request, response) => {
    response.json(presentMessages(world.outsideMail.existing(request.params.address)));
  });
}

/** `curl -d '{…}'` without a content type names its JSON a form: one field whose name is the document. */
function jsonWithoutType(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null) {
    const [first, ...more] = Object.entries(body);
    if (first !== undefined && more.length === 0 && first[0].startsWith('{')) {
      const [name, value] = first;
      try {
        request.body = JSON.parse(value === '' ? name : `${name}=${String(value)}`);
        // Answered like what it is: only the page's own forms are sent back to the page.
        request.headers['content-type'] = 'application/json';
      } catch {
        // No JSON after all: what is wrong with it is said where it is read.
      }
    }
  }
  next();
}

/** express's own refusals, broken JSON among them, carry theirs. */
function statusOf(error: unknown): number {
  if (error instanceof ControlError) return error.status;
  const own = error instanceof Error && 'status' in error ? error.status : 500;
  return typeof own === 'number' ? own : 500;
}

function errorHandler(error: unknown, _request: Request, response: Response, _next: NextFunction) {
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    const where = issue?.path.join('.');
    const message = `${where ? `${where}: ` : ''}${issue?.message ?? 'is not valid'}`;
    response.status(400).json({ error: { code: 'invalid_request', message } });
    return;
  }
  const status = statusOf(error);
  const message = error instanceof Error ? error.message : String(error);
  response
    .status(status)
    .json({ error: { code: status === 404 ? 'not_found' : 'error', message } });
}
