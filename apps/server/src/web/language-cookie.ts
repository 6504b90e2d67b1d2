import { acceptedLanguage, languageOf, type Language } from '@holdfast/domain';
import type { Request, RequestHandler, Response } from 'express';
import { readCookie } from './read-cookie.ts';

const NAME = 'holdfast-language';
/** Browsers keep none longer (RFC 6265bis §5.5). Unit: ms. */
const KEPT_FOR = 400 * 24 * 3_600_000;

/** In which language a browser is answered: as was chosen on it, else as it asks for, else English. */
export interface LanguageCookie {
  of(request: Request): Language;
  /** What was chosen on this browser; null when nothing was. */
  chosen(request: Request): Language | null;
  set(response: Response, language: Language): void;
  /** `?language=de` on any page: remembered, and the page again without it. Changes nothing else, scanners may follow. */
  readonly choose: RequestHandler;
}

export function createLanguageCookie(options: { readonly https: boolean }): LanguageCookie {
  const attributes = {
    httpOnly: true,
    secure: options.https,
    sameSite: 'lax',
    path: '/',
    maxAge: KEPT_FOR,
  } as const;
  const chosen: LanguageCookie['chosen'] = (request) =>
    languageOf(readCookie(request.headers.cookie, NAME));
  const set: LanguageCookie['set'] = (response, language) => {
    response.cookie(NAME, language, attributes);
  };
  return {
    chosen,
    set,
    of: (request) => chosen(request) ?? acceptedLanguage(request.get('accept-language')) ?? 'en',
    choose(request, response, next) {
      const { language: asked } = request.query;
      const language = typeof asked === 'string' ? languageOf(asked) : null;
      if (language === null || request.method !== 'GET') return next();
      set(response, language);
      response.set('Cache-Control', 'no-store').redirect(303, withoutChoice(request.originalUrl));
    },
  };
}

/** Our own path again: two slashes in front would be another host. */
function withoutChoice(address: string): string {
  const { pathname, searchParams } = new URL(address.replace(/^\/+/, '/'), 'http://portal.invalid');
  searchParams.delete('language');
  const rest = searchParams.toString();
  return `${pathname.replace(/^\/+/, '/')}${rest === '' ? '' : `?${rest}`}`;
}
