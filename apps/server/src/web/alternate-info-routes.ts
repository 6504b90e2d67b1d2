import { Refusal, resendCode, submitInfo, verifyCode, type Ports } from '@holdfast/application';
import { language as languageChoice } from '@holdfast/contracts';
import type { ChannelKind } from '@holdfast/domain';
import { Router, type Response } from 'express';
import { z } from 'zod';
import { createChangeRoutes } from './alternate-info-change-routes.ts';
import { renderCodeForm } from './alternate-info/code-form.ts';
import { renderDone } from './alternate-info/done.ts';
import { renderInfoForm } from './alternate-info/info-form.ts';
import { WORDS } from './alternate-info/words.ts';
import {
  blankValues,
  channelsOf,
  codeFormModel,
  doneModel,
  hasProven,
  infoFormModel,
  isWaiting,
  wrongOf,
  type InfoValues,
  type ShownSubject,
} from './alternate-info-models.ts';
import { pathsOf } from './alternate-info-paths.ts';
import { clientIp } from './client-ip.ts';
import { guessCountry } from './guess-country.ts';
import { limitFormPosts } from './form-limits.ts';
import type { LanguageCookie } from './language-cookie.ts';
import { subjectOpener, type OpenSubject } from './open-subject.ts';
import {
  answerLinkInvalid,
  channelKind,
  choiceOf,
  formBody,
  isTrapped,
  pageHeaders,
  REFUSED,
  refusalOfForm,
  typed,
  valueFields,
} from './form-pages.ts';

const SAVED = z.enum(['removed', 'preferred']);

const infoFields = valueFields.extend({
  preferred: channelKind.default('sms'),
  language: languageChoice.optional().catch(undefined),
});
const codeFields = z.object({ 'code-sms': typed, 'code-email': typed });
/** `voice`: a call in place of a text message. */
const channelField = z.object({ channel: z.union([channelKind, z.literal('voice')]) });

/** The pages behind a person's link, mounted at `/info`: plain forms, no script, no session. The token is the key. */
export function createAlternateInfoRoutes(ports: Ports, languages: LanguageCookie): Router {
  const open = subjectOpener(ports, languages);
  const router = Router();
  router.use(pageHeaders);
  router.use('/:token', limitFormPosts(ports), formBody);

  router.get('/:token', async (request, response) => {
    const { token } = request.params;
    const subject = await open(request, token);
    const channels = channelsOf(subject);
    const paths = pathsOf(token);
    if (channels.some(isWaiting)) return response.redirect(paths.codes);
    if (channels.length > 0) return response.redirect(paths.done);
    showForm(ports, response, { subject, token, acceptLanguage: request.get('accept-language') });
  });

  router.post('/:token', async (request, response) => {
    const { token } = request.params;
    const { language } = await open(request, token);
    const given = infoFields.parse(request.body ?? {});
    const fields = { ...given, language: given.language ?? language };
    const refusal = isTrapped(request.body)
      ? new Refusal('info.not-confirmed', WORDS[language].trapped)
      : await refusalOfForm(
          language,
          submitInfo(ports, {
            token,
            ...fields,
            emailChoice: choiceOf(fields),
            ip: clientIp(request),
          }),
        );
    if (refusal === null) {
      languages.set(response, fields.language);
      return response.redirect(303, pathsOf(token).codes);
    }
    if (refusal.code === 'info.proof-needed') return response.redirect(303, pathsOf(token).change);
    const subject = await open(request, token);
    const values: InfoValues = fields;
    const model = infoFormModel(subject, token, ports, values, wrongOf(refusal, fields.email));
    response.status(REFUSED).send(renderInfoForm(model));
  });

  codeRoutes(router, ports, open);

  router.get('/:token/done', async (request, response) => {
    const { token } = request.params;
    const subject = await open(request, token);
    const saved = SAVED.safeParse(request.query['saved']);
    const notice = saved.success ? WORDS[subject.language].change[saved.data] : null;
    response.send(renderDone(doneModel(subject, token, ports, ports.settings.portalUrl, notice)));
  });

  router.get('/:token/change', async (request, response, next) => {
    const { token } = request.params;
    const subject = await open(request, token);
    if (hasProven(subject)) return next();
    showForm(ports, response, { subject, token, acceptLanguage: request.get('accept-language') });
  });

  router.use(createChangeRoutes(ports, open));
  router.use(answerLinkInvalid(ports, languages, 'info'));
  return router;
}

function codeRoutes(router: Router, ports: Ports, open: OpenSubject): void {
  router.get('/:token/codes', async (request, response) => {
    const { token } = request.params;
    const subject = await open(request, token);
    const channels = channelsOf(subject);
    if (channels.length === 0) return response.redirect(pathsOf(token).form);
    if (!channels.some(isWaiting)) return response.redirect(pathsOf(token).done);
    const sent = channelField.shape.channel.safeParse(request.query['sent']);
    const notice = sent.success ? WORDS[subject.language].code.sentAnother[sent.data] : null;
    response.send(
      renderCodeForm(codeFormModel(subject, token, ports, { ...NOTHING_WRONG, notice })),
    );
  });

  router.post('/:token/codes', async (request, response) => {
    const { token } = request.params;
    const fields = codeFields.parse(request.body ?? {});
    const entered = (['sms', 'email'] as const).filter(
      (kind) => fields[`code-${kind}`].trim() !== '',
    );
    const subject = await open(request, token);
    const errors = new Map<ChannelKind, string>();
    for (const kind of entered) {
      const code = fields[`code-${kind}`];
      const refusal = await refusalOfForm(
        subject.language,
        verifyCode(ports, { token, kind, code }),
      );
      if (refusal !== null) errors.set(kind, refusal.message);
    }
    if (entered.length > 0 && errors.size === 0) return response.redirect(303, pathsOf(token).done);
    const problem = entered.length === 0 ? WORDS[subject.language].code.missing : null;
    showCodes(ports, response, await open(request, token), token, { errors, problem });
  });

  router.post('/:token/codes/resend', async (request, response) => {
    const { token } = request.params;
    const { channel } = channelField.parse(request.body ?? {});
    const kind = channel === 'voice' ? 'sms' : channel;
    const spoken = channel === 'voice';
    const subject = await open(request, token);
    const refusal = await refusalOfForm(
      subject.language,
      resendCode(ports, { token, kind, spoken, ip: clientIp(request) }),
    );
    const { codes } = pathsOf(token);
    if (refusal === null) return response.redirect(303, `${codes}?sent=${channel}`);
    // Proven meanwhile, in another tab: the page that says so.
    if (refusal.code === 'info.already-verified') return response.redirect(303, codes);
    showCodes(ports, response, subject, token, {
      errors: new Map([[kind, refusal.message]]),
      problem: null,
    });
  });
}

const NOTHING_WRONG = { errors: new Map<ChannelKind, string>(), problem: null } as const;

function showForm(
  ports: Ports,
  response: Response,
  page: {
    readonly subject: ShownSubject;
    readonly token: string;
    readonly acceptLanguage: string | undefined;
  },
): void {
  const { subject, token, acceptLanguage } = page;
  const country = guessCountry(ports.phones, [subject.user.preferredLanguage, acceptLanguage]);
  const values = blankValues(subject, country);
  const wrong = { errors: {}, suggestion: null };
  response.send(renderInfoForm(infoFormModel(subject, token, ports, values, wrong)));
}

function showCodes(
  ports: Ports,
  response: Response,
  subject: ShownSubject,
  token: string,
  wrong: { readonly errors: ReadonlyMap<ChannelKind, string>; readonly problem: string | null },
): void {
  const model = codeFormModel(subject, token, ports, { ...wrong, notice: null });
  response.status(REFUSED).send(renderCodeForm(model));
}
