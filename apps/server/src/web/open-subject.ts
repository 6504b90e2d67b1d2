import { openInfoRequest, type Ports } from '@holdfast/application';
import type { Request } from 'express';
import type { ShownSubject } from './alternate-info-models.ts';
import type { LanguageCookie } from './language-cookie.ts';

/** The person behind a link, and what this browser's page for them is written in. Throws `info.link-invalid`. */
export type OpenSubject = (
  request: Pick<Request, 'get' | 'headers'>,
  token: string,
) => Promise<ShownSubject>;

export function subjectOpener(ports: Ports, languages: LanguageCookie): OpenSubject {
  return async (request, token) => {
    const subject = await openInfoRequest(ports, { token });
    return { ...subject, language: languages.of(request, subject.user) };
  };
}
