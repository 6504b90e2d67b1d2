import type { DirectoryRecord } from '@holdfast/application';
import { acceptedLanguage, languageOf, type Language } from '@holdfast/domain';
import type { Request, RequestHandler, Response } from 'express';
import { readCookie } from './read-cookie.ts';

const NAME = 'holdfast-language';
/** Browsers keep none longer (RFC 6265bis §5.5). Unit: ms. */
const KEPT_FOR = 400 * 24 * 3_600_000;

/** In which language a browser is answered. */
export interface LanguageCookie {
  /**
   * As was chosen on this browser, else by the user whose page it is, else as the browser asks for, else as the directory
   * says, else English.
   */
  of(
    request: Pick<Request, 'get' | 'headers'>,
    user?: Pick<DirectoryRecord, 'language' | 'preferredLanguage'>,
  ): Language;
  /** What was chosen on this browser; null when nothing was. */
  chosen(request: Pick<Request, 'headers'>): Language | null;
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
    of: (request, user) =>
      chosen(request) ??
      user?.language ??
      acceptedLanguage(request.get('accept-language')) ??
      languageOf(user?.preferredLanguage) ??
      'en',
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
  // Backslashes are slashes to it, and what follows two of them is no host that could be read, perhaps.
  const read = URL.parse(address.replace(/^[\\/]+/, '/'), 'http://portal.invalid');
  if (read === null) return '/';
  const { pathname, searchParams } = read;
  searchParams.delete('language');
  const rest = searchParams.toString();
  return `${pathname.replace(/^\/+/, '/')}${rest === '' ? '' : `?${rest}`}`;
}
