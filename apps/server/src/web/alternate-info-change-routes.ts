import {
  changeByProof,
  removeChannel,
  requestProof,
  type InfoSubject,
  type Ports,
  type ProvenChange,
  type Refusal,
} from '@holdfast/application';
import type { ChannelKind } from '@holdfast/domain';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { renderChangeForm, type ChangeWhat } from './alternate-info/change-form.ts';
import { renderChangeMenu } from './alternate-info/change-menu.ts';
import { renderRemoveForm } from './alternate-info/remove-form.ts';
import { WORDS } from './alternate-info/words.ts';
import {
  changeFormModel,
  changeMenuModel,
  channelsOf,
  hasProven,
  maskedValue,
  removeFormModel,
  wrongOf,
  type ShownSubject,
} from './alternate-info-models.ts';
import { CHANGE_WORDS, pathsOf, type ChangeWord } from './alternate-info-paths.ts';
import { clientIp } from './client-ip.ts';
import { guessCountry } from './guess-country.ts';
import type { OpenSubject } from './open-subject.ts';
import {
  channelKind,
  choiceOf,
  isTrapped,
  REFUSED,
  refusalOfForm,
  typed,
  valueFields,
} from './form-pages.ts';

const changeFields = valueFields.extend({ code: typed, preferred: channelKind.default('sms') });
type ChangeFields = z.output<typeof changeFields>;
const viaField = z.object({ via: channelKind });
const wordField = z.object({ word: typed });
const changeWord = z.enum(CHANGE_WORDS);

/** What is proven is changed with a code to a proven channel; what waits is taken back with a word. */
export function createChangeRoutes(ports: Ports, open: OpenSubject): Router {
  const router = Router();

  router.get('/:token/change', async (request, response) => {
    const { token } = request.params;
    const subject = await open(request, token);
    response.send(renderChangeMenu(changeMenuModel(subject, token)));
  });

  router.get('/:token/change/:word', async (request, response) => {
    const page = await openChangePage(open, request, response);
    if (page === null) return;
    const notice =
      request.query['sent'] === undefined ? null : WORDS[page.subject.language].change.sent;
    showChange(ports, response, page, { ...blank(ports, page, request), notice });
  });

  router.post('/:token/change/:word/proof', async (request, response) => {
    const page = await openChangePage(open, request, response);
    if (page === null) return;
    const { token, word } = page;
    const fields = viaField.safeParse(request.body ?? {});
    if (!fields.success || isTrapped(request.body))
      return response.redirect(303, pathsOf(token).changeOf(word));
    const { via } = fields.data;
    const refusal = await refusalOfForm(
      page.subject.language,
      requestProof(ports, { token, via, ip: clientIp(request) }),
    );
    if (refusal === null)
      return response.redirect(303, `${pathsOf(token).changeOf(word)}?sent=${via}`);
    response.status(REFUSED);
    showChange(ports, response, page, {
      ...blank(ports, page, request),
      errors: { form: refusal.message },
    });
  });

  router.post('/:token/change/:word', async (request, response) => {
    const page = await openChangePage(open, request, response);
    if (page === null) return;
    const { token, word } = page;
    if (isTrapped(request.body)) return response.redirect(303, pathsOf(token).changeOf(word));
    const fields = changeFields.parse(request.body ?? {});
    const change = changeOf(word, fields);
    const refusal = await refusalOfForm(
      page.subject.language,
      changeByProof(ports, { token, code: fields.code, change, ip: clientIp(request) }),
    );
    if (refusal === null) return response.redirect(303, afterChange(token, change));
    const subject = await open(request, token);
    showRefused(ports, response, { ...page, subject }, fields, refusal);
  });

  removalRoutes(router, ports, open);
  return router;
}

function removalRoutes(router: Router, ports: Ports, open: OpenSubject): void {
  router.get('/:token/remove/:kind', async (request, response) => {
    const { token } = request.params;
    const kind = channelKind.parse(request.params.kind);
    const subject = await open(request, token);
    const model = removeFormModel(subject, token, kind, null);
    if (model === null) return response.redirect(pathsOf(token).done);
    response.send(renderRemoveForm(model));
  });

  router.post('/:token/remove/:kind', async (request, response) => {
    const { token } = request.params;
    const kind = channelKind.parse(request.params.kind);
    const { word } = wordField.parse(request.body ?? {});
    const { language } = await open(request, token);
    const refusal = await refusalOfForm(
      language,
      removeChannel(ports, { token, kind, word: isTrapped(request.body) ? '' : word }),
    );
    if (refusal === null || refusal.code !== 'info.not-confirmed')
      return response.redirect(303, `${pathsOf(token).done}?saved=removed`);
    const subject = await open(request, token);
    const model = removeFormModel(subject, token, kind, refusal.message);
    if (model === null) return response.redirect(303, pathsOf(token).done);
    response.status(REFUSED).send(renderRemoveForm(model));
  });
}

interface ChangePage {
  readonly subject: ShownSubject;
  readonly token: string;
  readonly word: ChangeWord;
  readonly what: ChangeWhat;
}

/** Null: answered with a way to where there is something to change. */
async function openChangePage(
  open: OpenSubject,
  request: Request<{ token: string; word: string }>,
  response: Response,
): Promise<ChangePage | null> {
  const { token } = request.params;
  const subject = await open(request, token);
  const word = changeWord.safeParse(request.params.word);
  const what = word.success ? whatOf(subject, word.data) : null;
  if (hasProven(subject) && word.success && what !== null)
    return { subject, token, word: word.data, what };
  response.redirect(303, pathsOf(token).change);
  return null;
}

function whatOf(subject: InfoSubject, word: ChangeWord): ChangeWhat | null {
  const masked = (kind: ChannelKind): string | null => {
    const record = channelsOf(subject).find((candidate) => candidate.kind === kind);
    return record === undefined ? null : maskedValue(record);
  };
  switch (word) {
    case 'sms':
    case 'email':
      return { type: 'replace', kind: word, masked: masked(word) };
    case 'remove-sms':
    case 'remove-email': {
      const kind = word === 'remove-sms' ? 'sms' : 'email';
      const held = masked(kind);
      return held === null ? null : { type: 'remove', kind, masked: held };
    }
    case 'prefer':
      return { type: 'prefer', preferred: subject.preference?.preferred ?? 'sms' };
  }
}

function changeOf(word: ChangeWord, fields: ChangeFields): ProvenChange {
  switch (word) {
    case 'sms':
    case 'email': {
      const { country, email, phone } = fields;
      const only = word === 'sms' ? { email: '', phone } : { email, phone: '' };
      const values = { ...only, country, emailChoice: choiceOf(fields) };
      return { type: 'replace', kind: word, typed: values };
    }
    case 'remove-sms':
      return { type: 'remove', kind: 'sms' };
    case 'remove-email':
      return { type: 'remove', kind: 'email' };
    case 'prefer':
      return { type: 'prefer', kind: fields.preferred };
  }
}

function afterChange(token: string, change: ProvenChange): string {
  const paths = pathsOf(token);
  switch (change.type) {
    case 'replace':
      return paths.codes;
    case 'remove':
      return `${paths.done}?saved=removed`;
    case 'prefer':
      return `${paths.done}?saved=preferred`;
  }
}

type Shown = Pick<
  Parameters<typeof changeFormModel>[3],
  'values' | 'errors' | 'suggestion' | 'notice'
>;

function blank(
  ports: Ports,
  { subject }: ChangePage,
  request: Request<{ token: string; word: string }>,
): Shown {
  const country = guessCountry(ports.phones, [
    subject.user.preferredLanguage,
    request.get('accept-language'),
  ]);
  return { values: { email: '', phone: '', country }, errors: {}, suggestion: null, notice: null };
}

function showChange(ports: Ports, response: Response, page: ChangePage, shown: Shown): void {
  const { subject, token, what, word } = page;
  const now = ports.clock.now();
  const model = changeFormModel(subject, token, ports, { ...shown, word, what, now });
  response.send(renderChangeForm(model));
}

function showRefused(
  ports: Ports,
  response: Response,
  page: ChangePage,
  fields: ChangeFields,
  refusal: Refusal,
): void {
  const { country, email, phone } = fields;
  response.status(REFUSED);
  showChange(ports, response, page, {
    values: { email, phone, country },
    ...wrongOf(refusal, email),
    notice: null,
  });
}
