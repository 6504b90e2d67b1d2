import {
  disputeChange,
  openChange,
  Refusal,
  type ChangeSubject,
  type Ports,
} from '@holdfast/application';
import { maskAddress, NOT_ME_WORD } from '@holdfast/domain';
import { Router } from 'express';
import { z } from 'zod';
import { renderNotMe } from './alternate-info/not-me.ts';
import { clientIp } from './client-ip.ts';
import { answerLinkInvalid, formBody, pageHeaders, REFUSED } from './form-pages.ts';
import { limitFormPosts } from './form-limits.ts';

const wordField = z.object({ word: z.string().max(1000).default('') });

/** Where *Not me* in a notice leads, mounted at `/not-me`: a plain form, no script, no session. */
export function createNotMeRoutes(ports: Ports): Router {
  const router = Router();
  router.use(pageHeaders);
  router.use('/:token', limitFormPosts(ports), formBody);

  router.get('/:token', async (request, response) => {
    const subject = await openChange(ports, { token: request.params.token });
    response.send(page(subject, request.params.token, null));
  });

  router.post('/:token', async (request, response) => {
    const { token } = request.params;
    const { word } = wordField.parse(request.body ?? {});
    try {
      await disputeChange(ports, { token, word, ip: clientIp(request) });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'info.not-confirmed') throw error;
      const subject = await openChange(ports, { token });
      response.status(REFUSED).send(page(subject, token, error.message));
      return;
    }
    response.redirect(303, pathOf(token));
  });

  router.use(answerLinkInvalid(ports, 'not-me'));
  return router;
}

const pathOf = (token: string): string => `/not-me/${encodeURIComponent(token)}`;

function page(subject: ChangeSubject, token: string, problem: string | null): string {
  const { change, organisation, user, what } = subject;
  return renderNotMe({
    organisation: organisation.name,
    maskedAddress: maskAddress(user.primaryAddress),
    helpdesk: organisation.helpdesk,
    action: pathOf(token),
    what,
    at: AT.format(change.at),
    disputed: change.disputedAt !== null,
    word: NOT_ME_WORD,
    problem,
  });
}

const AT = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'long',
  timeZone: 'UTC',
});
