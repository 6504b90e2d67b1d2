import { openStopLink, stopByLink, type Ports, type StopSubject } from '@holdfast/application';
import { maskAddress, STOP_WORD } from '@holdfast/domain';
import { Router } from 'express';
import { z } from 'zod';
import { renderStopForm } from './alternate-info/stop-form.ts';
import { limitFormPosts } from './form-limits.ts';
import { answerLinkInvalid, formBody, pageHeaders, REFUSED, refusalOfForm } from './form-pages.ts';

const wordField = z.object({ word: z.string().max(1000).default('') });

/** Where the last line of an e-mail to a private address leads, mounted at `/stop`. */
export function createStopRoutes(ports: Ports): Router {
  const router = Router();
  router.use(pageHeaders);
  router.use('/:token', limitFormPosts(ports), formBody);

  router.get('/:token', async (request, response) => {
    const { token } = request.params;
    response.send(page(await openStopLink(ports, { token }), token, null));
  });

  router.post('/:token', async (request, response) => {
    const { token } = request.params;
    const { word } = wordField.parse(request.body ?? {});
    const refusal = await refusalOfForm(stopByLink(ports, { token, word }));
    if (refusal === null) return response.redirect(303, `/stop/${encodeURIComponent(token)}`);
    const subject = await openStopLink(ports, { token });
    response.status(REFUSED).send(page(subject, token, refusal.message));
  });

  router.use(answerLinkInvalid(ports, 'not-me'));
  return router;
}

function page(subject: StopSubject, token: string, problem: string | null): string {
  return renderStopForm({
    organisation: subject.organisation.name,
    maskedAddress: maskAddress(subject.primaryAddress),
    helpdesk: subject.organisation.helpdesk,
    masked: maskAddress(subject.value),
    action: `/stop/${encodeURIComponent(token)}`,
    word: STOP_WORD,
    stopped: subject.stopped,
    problem,
  });
}
