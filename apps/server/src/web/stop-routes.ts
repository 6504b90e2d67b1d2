import { openStopLink, stopByLink, type Ports, type StopSubject } from '@holdfast/application';
import { maskAddress, STOP_WORD, type Language } from '@holdfast/domain';
import { Router } from 'express';
import { z } from 'zod';
import { renderStopForm } from './alternate-info/stop-form.ts';
import { limitFormPosts } from './form-limits.ts';
import type { LanguageCookie } from './language-cookie.ts';
import { answerLinkInvalid, formBody, pageHeaders, REFUSED, refusalOfForm } from './form-pages.ts';

const wordField = z.object({ word: z.string().max(1000).default('') });

/** Where the last line of an e-mail to a private address leads, mounted at `/stop`. */
export function createStopRoutes(ports: Ports, languages: LanguageCookie): Router {
  const router = Router();
  router.use(pageHeaders);
  router.use('/:token', limitFormPosts(ports), formBody);

  router.get('/:token', async (request, response) => {
    const { token } = request.params;
    const subject = await openStopLink(ports, { token });
    response.send(page(subject, token, languages.of(request, subject.user), null));
  });

  router.post('/:token', async (request, response) => {
    const { token } = request.params;
    const { word } = wordField.parse(request.body ?? {});
    const { user } = await openStopLink(ports, { token });
    const language = languages.of(request, user);
    const refusal = await refusalOfForm(language, stopByLink(ports, { token, word }));
    if (refusal === null) return response.redirect(303, pathOf(token));
    const subject = await openStopLink(ports, { token });
    response.status(REFUSED).send(page(subject, token, language, refusal.message));
  });

  router.use(answerLinkInvalid(ports, languages, 'not-me'));
  return router;
}

const pathOf = (token: string): string => `/stop/${encodeURIComponent(token)}`;

function page(
  subject: StopSubject,
  token: string,
  language: Language,
  problem: string | null,
): string {
  return renderStopForm({
    language,
    address: pathOf(token),
    organisation: subject.organisation.name,
    maskedAddress: maskAddress(subject.user.primaryAddress),
    helpdesk: subject.organisation.helpdesk,
    masked: maskAddress(subject.value),
    action: pathOf(token),
    word: STOP_WORD,
    stopped: subject.stopped,
    problem,
  });
}
