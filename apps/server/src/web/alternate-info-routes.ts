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
import type { ChannelKind } from '@holdfast/domain';
import express, { Router, type Response } from 'express';
import { z } from 'zod';
import { renderCodeForm } from './alternate-info/code-form.ts';
import { renderDone } from './alternate-info/done.ts';
import { renderInfoForm } from './alternate-info/info-form.ts';
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
import { limitFormPosts } from './form-limits.ts';
import { answerLinkInvalid, MAX_FORM, pageHeaders, REFUSED } from './form-pages.ts';

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
  const form = [limitFormPosts(ports), express.urlencoded({ extended: false, limit: MAX_FORM })];

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

  router.use(answerLinkInvalid('info'));
  return router;
}

const NOTHING_WRONG = { errors: new Map<ChannelKind, string>(), problem: null } as const;

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
