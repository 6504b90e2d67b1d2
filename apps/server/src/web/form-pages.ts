import { Refusal } from '@holdfast/application';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { renderLinkInvalid } from './alternate-info/link-invalid.ts';
import { ALTERNATE_INFO_CSP } from './alternate-info/page.ts';

/** Five short fields. Unit: bytes. */
export const MAX_FORM = 16 * 1024;
/** Unprocessable content: the form comes back with what is wrong. */
export const REFUSED = 422;

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
export function answerLinkInvalid(of: 'info' | 'not-me'): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (!(error instanceof Refusal) || error.code !== 'info.link-invalid') return next(error);
    response.status(404).send(renderLinkInvalid({ of, helpdesk: null }));
  };
}
