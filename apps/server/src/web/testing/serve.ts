import type { RequestListener } from 'node:http';
import { listenOn } from '../listening.ts';

export interface ServedSite {
  /** `http://127.0.0.1:<port>`; its own origin for a site whose public address is on localhost. */
  readonly url: string;
  /** Asks without following redirects. `Origin` is the site's own unless the headers say otherwise. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Posts a form as a browser does. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  /** Calls a mutation; returns the answer and what it says of an error. */
  mutate(path: string, input: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

interface Answer {
  readonly response: Response;
  readonly body: {
    readonly result?: { readonly data?: unknown };
    readonly error?: { readonly data?: { readonly appError?: { readonly code: string } } };
  };
}

/** A site on a port of its own. */
export async function serve(app: RequestListener): Promise<ServedSite> {
  const site = await listenOn(app, { host: '127.0.0.1', port: 0, setting: 'TEST' });
  const url = `http://127.0.0.1:${site.port}`;
  const request: ServedSite['request'] = (path, init = {}) =>
    fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { origin: url, connection: 'close', ...(init.headers as Record<string, string>) },
    });
  return {
    url,
    request,
    post: (path, fields) =>
      request(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    async mutate(path, input, headers = {}) {
      const response = await request(`/trpc/${path}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { 'content-type': 'application/json', ...headers },
      });
      return { response, body: (await response.json()) as Answer['body'] };
    },
    close: () => site.stop(),
  };
}

/** The cookie that an answer sets, as the next request sends it. */
export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}
