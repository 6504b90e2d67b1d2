import {
  openInfoRequest,
  Refusal,
  removeChannel,
  resendCode,
  submitInfo,
  verifyCode,
  type InfoSubject,
  type Ports,
} from '@holdfast/application';
import { MINUTE, type ChannelKind } from '@holdfast/domain';
import express, {
  Router,
  type ErrorRequestHandler,
  type RequestHandler,
  type Response,
} from 'express';
import { z } from 'zod';
import { renderCodeForm } from './alternate-info/code-form.ts';
import { renderDone } from './alternate-info/done.ts';
import { renderInfoForm } from './alternate-info/info-form.ts';
import { renderLinkInvalid } from './alternate-info/link-invalid.ts';
import { ALTERNATE_INFO_CSP } from './alternate-info/page.ts';
import {
  blankValues,
  channelsOf,
  codeFormModel,
  doneModel,
  guessCountry,
  infoFormModel,
  isWaiting,
  pathsOf,
  type InfoValues,
} from './alternate-info-models.ts';
import { clientIp } from './client-ip.ts';
import { createRequestLimiter } from './request-limiter.ts';

/** Posts of one client address: a whole office behind one address answers on the same morning. */
const INFO_POSTS_PER_CLIENT = { most: 600, window: 15 * MINUTE } as const;
/** Posts for one link: a person needs about five. */
export const INFO_POSTS_PER_LINK = { most: 40, window: 15 * MINUTE } as const;
/** Five short fields. Unit: bytes. */
const MAX_FORM = 16 * 1024;
/** Unprocessable content: the form comes back with what is wrong. */
const REFUSED = 422;

const NO_CODE = 'Enter the code that we sent you.';
const SENT: Readonly<Record<ChannelKind, string>> = {
  sms: 'Another text message is on its way. The code before it no longer works.',
  email: 'Another email is on its way. The code before it no longer works.',
};

const channelKind = z.enum(['sms', 'email']);
const typed = z.string().max(1000).default('');
const infoFields = z.object({
  email: typed,
  phone: typed,
  country: typed,
  preferred: channelKind.default('sms'),
  language: z.string().max(35).default('en'),
});
const codeFields = z.object({ 'code-sms': typed, 'code-email': typed });
const channelField = z.object({ channel: channelKind });

/** The pages behind a person's link, mounted at `/info`: plain forms, no script, no session. The token is the key. */
export function createAlternateInfoRoutes(ports: Ports): Router {
  const router = Router();
  router.use(pageHeaders);
  const form = [limitPosts(ports), express.urlencoded({ extended: false, limit: MAX_FORM })];

  router.get('/:token', async (request, response) => {
    const { token } = request.params;
    const subject = await openInfoRequest(ports, { token });
    const channels = channelsOf(subject);
    const paths = pathsOf(token);
    if (channels.some(isWaiting)) return response.redirect(paths.codes);
    if (channels.length > 0) return response.redirect(paths.done);
    showForm(ports, response, { subject, token, acceptLanguage: request.get('accept-language') });
  });

  router.get('/:token/change', async (request, response) => {
    const { token } = request.params;
    const subject = await openInfoRequest(ports, { token });
    showForm(ports, response, { subject, token, acceptLanguage: request.get('accept-language') });
  });

  router.post('/:token', ...form, async (request, response) => {
    const { token } = request.params;
    const values: InfoValues = infoFields.parse(request.body ?? {});
    const refusal = await refusalOfForm(submitInfo(ports, { token, ...values }));
    if (refusal === null) return response.redirect(303, pathsOf(token).codes);
    const subject = await openInfoRequest(ports, { token });
    const errors =
      'email' in refusal.fields || 'phone' in refusal.fields
        ? refusal.fields
        : { form: refusal.message };
    const model = infoFormModel(subject, token, ports.phones, values, errors);
    response.status(REFUSED).send(renderInfoForm(model));
  });

  router.get('/:token/codes', async (request, response) => {
    const { token } = request.params;
    const subject = await openInfoRequest(ports, { token });
    const channels = channelsOf(subject);
    if (channels.length === 0) return response.redirect(pathsOf(token).form);
    if (!channels.some(isWaiting)) return response.redirect(pathsOf(token).done);
    const sent = channelKind.safeParse(request.query['sent']);
    const notice = sent.success ? SENT[sent.data] : null;
    response.send(renderCodeForm(codeFormModel(subject, token, { ...NOTHING_WRONG, notice })));
  });

  router.post('/:token/codes', ...form, async (request, response) => {
    const { token } = request.params;
    const fields = codeFields.parse(request.body ?? {});
    const entered = (['sms', 'email'] as const).filter(
      (kind) => fields[`code-${kind}`].trim() !== '',
    );
    const errors = new Map<ChannelKind, string>();
    for (const kind of entered) {
      const code = fields[`code-${kind}`];
      const refusal = await refusalOfForm(verifyCode(ports, { token, kind, code }));
      if (refusal !== null) errors.set(kind, refusal.message);
    }
    if (entered.length > 0 && errors.size === 0) return response.redirect(303, pathsOf(token).done);
    const problem = entered.length === 0 ? NO_CODE : null;
    await showCodes(ports, response, token, { errors, problem });
  });

  router.post('/:token/codes/resend', ...form, async (request, response) => {
    const { token } = request.params;
    const { channel: kind } = channelField.parse(request.body ?? {});
    const refusal = await refusalOfForm(resendCode(ports, { token, kind }));
    const { codes } = pathsOf(token);
    if (refusal === null) return response.redirect(303, `${codes}?sent=${kind}`);
    // Proven meanwhile, in another tab: the page that says so.
    if (refusal.code === 'info.already-verified') return response.redirect(303, codes);
    await showCodes(ports, response, token, {
      errors: new Map([[kind, refusal.message]]),
      problem: null,
    });
  });

  router.get('/:token/done', async (request, response) => {
    const { token } = request.params;
    const subject = await openInfoRequest(ports, { token });
    response.send(renderDone(doneModel(subject, token, ports.settings.portalUrl, null)));
  });

  router.post('/:token/remove', ...form, async (request, response) => {
    const { token } = request.params;
    const { channel: kind } = channelField.parse(request.body ?? {});
    const refusal = await refusalOfForm(removeChannel(ports, { token, kind }));
    if (refusal === null) return response.redirect(303, pathsOf(token).done);
    const subject = await openInfoRequest(ports, { token });
    const model = doneModel(subject, token, ports.settings.portalUrl, refusal.message);
    response.status(REFUSED).send(renderDone(model));
  });

  router.use(linkInvalid);
  return router;
}

const NOTHING_WRONG = { errors: new Map<ChannelKind, string>(), problem: null } as const;

/**
 * The token is in the path. `same-origin` rather than `no-referrer`: with the latter browsers send `Origin: null` with
 * these forms, which Safari before 16.4 could not tell from a stranger's. Nothing goes to other origins either way.
 */
const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': ALTERNATE_INFO_CSP,
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
  });
  response.type('html');
  next();
};

/** Any wrong link is answered alike. */
const linkInvalid: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof Refusal) || error.code !== 'info.link-invalid') return next(error);
  response.status(404).send(renderLinkInvalid({ helpdesk: null }));
};

function limitPosts(ports: Pick<Ports, 'clock'>): RequestHandler<{ token: string }> {
  const byClient = createRequestLimiter(INFO_POSTS_PER_CLIENT, ports.clock);
  const byLink = createRequestLimiter(INFO_POSTS_PER_LINK, ports.clock);
  return (request, _response, next) => {
    if (byClient.admits(clientIp(request)) && byLink.admits(request.params.token)) return next();
    throw new Refusal(
      'session.too-many-attempts',
      'Too many tries in a short time. Wait 15 minutes, then open the link again.',
    );
  };
}

/** Refusals that belong to a form; everything else goes on to the error handlers. */
async function refusalOfForm(call: Promise<InfoSubject>): Promise<Refusal | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const isOfForm =
      error instanceof Refusal &&
      error.code.startsWith('info.') &&
      error.code !== 'info.link-invalid';
    if (isOfForm) return error;
    throw error;
  }
}

function showForm(
  ports: Ports,
  response: Response,
  page: {
    readonly subject: InfoSubject;
    readonly token: string;
    readonly acceptLanguage: string | undefined;
  },
): void {
  const { subject, token, acceptLanguage } = page;
  const country = guessCountry(ports.phones, [subject.user.preferredLanguage, acceptLanguage]);
  const values = blankValues(subject, country);
  response.send(renderInfoForm(infoFormModel(subject, token, ports.phones, values, {})));
}

async function showCodes(
  ports: Ports,
  response: Response,
  token: string,
  wrong: { readonly errors: ReadonlyMap<ChannelKind, string>; readonly problem: string | null },
): Promise<void> {
  const subject = await openInfoRequest(ports, { token });
  const model = codeFormModel(subject, token, { ...wrong, notice: null });
  response.status(REFUSED).send(renderCodeForm(model));
}
