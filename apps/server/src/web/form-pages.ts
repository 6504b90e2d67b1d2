import { inLanguage } from '@holdfast/api';
import { readCommonHelpdesk, Refusal, type Ports } from '@holdfast/application';
import type { Language } from '@holdfast/domain';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { z } from 'zod';
import { TRAP_FIELD } from './alternate-info/fields.ts';
import { renderLinkInvalid } from './alternate-info/link-invalid.ts';
import { ALTERNATE_INFO_CSP } from './alternate-info/page.ts';
import type { LanguageCookie } from './language-cookie.ts';

/** A dozen short fields. Unit: bytes. */
const MAX_FORM = 16 * 1024;
/** Unprocessable content: the form comes back with what is wrong. */
export const REFUSED = 422;

export const formBody = express.urlencoded({ extended: false, limit: MAX_FORM });

export const channelKind = z.enum(['sms', 'email']);
export const typed = z.string().max(1000).default('');
export const valueFields = z.object({
  email: typed,
  phone: typed,
  country: typed,
  'email-choice': z.enum(['suggested', 'typed']).optional(),
  'email-asked': typed,
});

/** The answer to "did you mean" counts for the address that it was asked about. */
export function choiceOf(fields: z.output<typeof valueFields>): 'suggested' | 'typed' | null {
  const { email, 'email-asked': asked, 'email-choice': choice } = fields;
  return choice !== undefined && asked === email ? choice : null;
}

/** Filled in by a program: people do not see the field. */
export function isTrapped(body: unknown): boolean {
  const trap = z.object({ [TRAP_FIELD]: z.string().min(1) });
  return trap.safeParse(body ?? {}).success;
}

/**
 * The token is in the path. `same-origin` rather than `no-referrer`: with the latter browsers send `Origin: null` with
 * these forms, which Safari before 16.4 could not tell from a stranger's. Nothing goes to other origins either way.
 */
export const pageHeaders: RequestHandler = (_request, response, next) => {
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
export function answerLinkInvalid(
  ports: Ports,
  languages: LanguageCookie,
  of: 'info' | 'not-me',
): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (!(error instanceof Refusal) || error.code !== 'info.link-invalid') return next(error);
    const helpdesk = await readCommonHelpdesk(ports);
    const language = languages.of(request);
    response.status(404).send(renderLinkInvalid({ address: '', helpdesk, language, of }));
  };
}

/** Refusals that belong to a form, in the page's language; everything else goes on to the error handlers. */
export async function refusalOfForm(
  language: Language,
  call: Promise<unknown>,
): Promise<Refusal | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const isOfForm =
      error instanceof Refusal &&
      error.code.startsWith('info.') &&
      error.code !== 'info.link-invalid';
    if (isOfForm) return inLanguage(error, language);
    throw error;
  }
}
