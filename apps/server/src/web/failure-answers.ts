import { inLanguage, refusalOf, toErrorShape } from '@holdfast/api';
import { Refusal, type Ports } from '@holdfast/application';
import { ERRORS, type ErrorKind } from '@holdfast/contracts';
import type { Language } from '@holdfast/domain';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { html } from './alternate-info/html.ts';

const STATUSES: Readonly<Record<ErrorKind, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  invalid: 400,
  'not-found': 404,
  conflict: 409,
  throttled: 429,
  unavailable: 503,
  internal: 500,
};

const ENGLISH: Readonly<Record<ErrorKind, string>> = {
  unauthenticated: 'Sign in first',
  forbidden: 'This is not allowed',
  invalid: 'This cannot be used',
  'not-found': 'There is nothing here',
  conflict: 'This is not possible now',
  throttled: 'Too many requests',
  unavailable: 'Not available at the moment',
  internal: 'Something failed here',
};

const GERMAN: Readonly<Record<ErrorKind, string>> = {
  unauthenticated: 'Bitte melden Sie sich zuerst an',
  forbidden: 'Das ist nicht erlaubt',
  invalid: 'Das kann nicht verwendet werden',
  'not-found': 'Hier ist nichts',
  conflict: 'Das ist jetzt nicht möglich',
  throttled: 'Zu viele Anfragen',
  unavailable: 'Zurzeit nicht verfügbar',
  internal: 'Hier ist etwas schiefgegangen',
};
const TITLES: Readonly<Record<Language, typeof ENGLISH>> = { en: ENGLISH, de: GERMAN };

/** In which language a request is answered. */
export type LanguageOf = (request: Request) => Language;

/** Always answered as JSON: only programs ask for these. */
const PROGRAM_PATHS = /^\/(?:trpc|uploads|sms|healthz|readyz)(?:\/|$)/;

/** The end of every site: whatever was thrown becomes JSON or a small page, and never a stack. */
export function createFailureHandler(
  ports: Pick<Ports, 'identifiers' | 'log'>,
  languageOf: LanguageOf,
): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const refusal = asRefusal(error, ports);
    // Half an answer cannot be taken back; Express ends the connection then.
    if (response.headersSent) return next(refusal);
    answerRefusal(request, response, languageOf(request), refusal);
  };
}

/** For every address that no route knows. */
export function createNothingHere(languageOf: LanguageOf): RequestHandler {
  return (request, response) => {
    const refusal = new Refusal('input.invalid', 'There is no such address here.');
    answerRefusal(request, response, languageOf(request), refusal, 'not-found');
  };
}

function answerRefusal(
  request: Request,
  response: Response,
  language: Language,
  refusal: Refusal,
  kind: ErrorKind = ERRORS[refusal.code],
): void {
  response.status(STATUSES[kind]).set('Cache-Control', 'no-store');
  const wantsPage = (request.headers.accept ?? '').includes('text/html');
  if (wantsPage && !PROGRAM_PATHS.test(request.path)) {
    response
      .type('html')
      .send(renderMessage(TITLES[language][kind], inLanguage(refusal, language).message, language));
  } else {
    response.json(toErrorShape(refusal, language));
  }
}

/** A page of two sentences that needs no other file. */
export function renderMessage(title: string, sentence: string, language: Language = 'en'): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
      </head>
      <body>
        <h1>${title}</h1>
        <p>${sentence}</p>
      </body>
    </html>`.source;
}

/** Express and its body parsers mark what is the client's fault with a status below 500. */
function asRefusal(error: unknown, ports: Pick<Ports, 'identifiers' | 'log'>): Refusal {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  if (status === 413) {
    return new Refusal('mailbox.too-big', 'That is larger than what is accepted here.');
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Refusal('input.invalid', 'The server does not understand this request.');
  }
  return refusalOf(error, ports);
}
