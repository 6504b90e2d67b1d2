import { inLanguage } from '@holdfast/api';
import {
  changeWords,
  disputeChange,
  openChange,
  Refusal,
  type ChangeSubject,
  type Ports,
} from '@holdfast/application';
import { maskAddress, NOT_ME_WORDS, type Language } from '@holdfast/domain';
import { Router } from 'express';
import { z } from 'zod';
import { renderNotMe } from './alternate-info/not-me.ts';
import { clientIp } from './client-ip.ts';
import { answerLinkInvalid, formBody, pageHeaders, REFUSED } from './form-pages.ts';
import { limitFormPosts } from './form-limits.ts';
import type { LanguageCookie } from './language-cookie.ts';

const wordField = z.object({ word: z.string().max(1000).default('') });

/** Where *Not me* in a notice leads, mounted at `/not-me`: a plain form, no script, no session. */
export function createNotMeRoutes(ports: Ports, languages: LanguageCookie): Router {
  const router = Router();
  router.use(pageHeaders);
  router.use('/:token', limitFormPosts(ports), formBody);

  router.get('/:token', async (request, response) => {
    const subject = await openChange(ports, { token: request.params.token });
    response.send(page(subject, request.params.token, languages.of(request, subject.user), null));
  });

  router.post('/:token', async (request, response) => {
    const { token } = request.params;
    const { word } = wordField.parse(request.body ?? {});
    try {
      await disputeChange(ports, { token, word, ip: clientIp(request) });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'info.not-confirmed') throw error;
      const subject = await openChange(ports, { token });
      const language = languages.of(request, subject.user);
      const { message } = inLanguage(error, language);
      response.status(REFUSED).send(page(subject, token, language, message));
      return;
    }
    response.redirect(303, pathOf(token));
  });

  router.use(answerLinkInvalid(ports, languages, 'not-me'));
  return router;
}

const pathOf = (token: string): string => `/not-me/${encodeURIComponent(token)}`;

function page(
  subject: ChangeSubject,
  token: string,
  language: Language,
  problem: string | null,
): string {
  const { change, organisation, user } = subject;
  return renderNotMe({
    language,
    address: pathOf(token),
    organisation: organisation.name,
    maskedAddress: maskAddress(user.primaryAddress),
    helpdesk: organisation.helpdesk,
    action: pathOf(token),
    what: changeWords(change.change, language),
    at: AT[language].format(change.at),
    disputed: change.disputedAt !== null,
    word: NOT_ME_WORDS[language],
    problem,
  });
}

const WITH_ZONE = { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' } as const;
const AT: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en-GB', WITH_ZONE),
  de: new Intl.DateTimeFormat('de-DE', WITH_ZONE),
};
