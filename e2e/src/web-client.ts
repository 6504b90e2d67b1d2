/** One signed-in browser without a browser: calls a site's API as its pages do. */
export class WebClient {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** Name and value of the session's cookie, for a browser that is to go on with it. */
  get cookie(): { readonly name: string; readonly value: string } {
    const [name = '', ...value] = this.#cookie.split('=');
    return { name, value: value.join('=') };
  }

  async query<Answer>(path: string, input?: object): Promise<Answer> {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.#call(`${path}${query}`, {});
  }

  async mutate<Answer>(path: string, input: object = {}): Promise<Answer> {
    return this.#call(path, { method: 'POST', body: JSON.stringify(input) });
  }

  async #call<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.#url}/trpc/${path}`, {
      ...init,
      headers: {
        'content-type': 'application/json',
        origin: this.#url,
        ...(this.#cookie !== '' && { cookie: this.#cookie }),
      },
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.#cookie = set.split(';')[0] ?? '';
    const body = (await response.json()) as { result?: { data: Answer }; error?: unknown };
    if (body.result === undefined) {
      throw new Error(`${path}: ${response.status} ${JSON.stringify(body.error)}`);
    }
    return body.result.data;
  }
}

export interface MailboxRow {
  readonly id: string;
  readonly folder: string;
  readonly subject: string;
}

/** All rows of a folder, page by page. */
export async function listFolder(
  portal: WebClient,
  folder: string,
): Promise<readonly MailboxRow[]> {
  const rows: MailboxRow[] = [];
  let cursor: string | null = null;
  do {
    const page: { readonly rows: readonly MailboxRow[]; readonly nextCursor: string | null } =
      await portal.query('mailbox.list', { folder, limit: 100, cursor });
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}
