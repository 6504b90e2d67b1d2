import nodemailer from 'nodemailer';
import { CLIENT_ID, CLIENT_SECRET, TENANT_ID } from './tenant/identity.ts';
import type { ControlMessage } from './control/present.ts';
import type { Simulator } from './start-simulator.ts';

/** What the tests of this folder share: an ordinary client for each of the simulator's services. */
export class Client {
  readonly simulator: Simulator;
  #tokens = new Map<string, string>();

  constructor(simulator: Simulator) {
    this.simulator = simulator;
  }

  async requestToken(form: Record<string, string> = {}, tenant = TENANT_ID): Promise<Response> {
    return fetch(`${this.simulator.loginBase}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        scope: 'https://graph.microsoft.com/.default',
        ...form,
      }),
    });
  }

  async token(scope: string): Promise<string> {
    const known = this.#tokens.get(scope);
    if (known !== undefined) return known;
    const response = await this.requestToken({ scope });
    const { access_token: token } = (await response.json()) as { access_token: string };
    this.#tokens.set(scope, token);
    return token;
  }

  async graph(path: string, init: RequestInit = {}): Promise<Response> {
    const token = await this.token('https://graph.microsoft.com/.default');
    const url = path.startsWith('http') ? path : `${this.simulator.graphBase}${path}`;
    return fetch(url, {
      ...init,
      headers: {
        'content-type': 'application/json',
        ...(init.headers as Record<string, string> | undefined),
        authorization: `Bearer ${token}`,
      },
    });
  }

  async cmdlet(name: string, parameters: object = {}, anchored = true): Promise<Response> {
    const token = await this.token('https://outlook.office365.com/.default');
    return fetch(`${this.simulator.exchangeBase}/adminapi/beta/${TENANT_ID}/InvokeCommand`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(anchored && { 'x-anchormailbox': 'UPN:SystemMailbox@contoso.onmicrosoft.com' }),
      },
      body: JSON.stringify({ CmdletInput: { CmdletName: name, Parameters: parameters } }),
    });
  }

  async control<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.simulator.controlUrl}/control${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return (await response.json()) as Answer;
  }

  messages(address: string): Promise<ControlMessage[]> {
    return this.control(`/mailboxes/${address}/messages`);
  }

  external(address: string): Promise<ControlMessage[]> {
    return this.control(`/external/${address}/messages`);
  }

  /** Hands a raw message to the SMTP host; resolves to the final reply, the refusal included. */
  async smtp(
    to: string | string[],
    raw: string,
    from = 'kai.carter@fabrikam.example',
    shown: { readonly key: string; readonly cert: string } | object = {},
  ) {
    const transport = nodemailer.createTransport({
      host: '127.0.0.1',
      port: this.simulator.smtpPort,
      tls: { rejectUnauthorized: false, ...shown },
    });
    try {
      const info = await transport.sendMail({ envelope: { from, to }, raw });
      return info.response;
    } catch (error) {
      const response = error instanceof Error && 'response' in error ? error.response : undefined;
      if (typeof response === 'string') return response;
      throw error;
    } finally {
      transport.close();
    }
  }
}

let counter = 0;

/** A small message with its own Message-ID. */
export function mail(subject: string, headers: readonly string[] = []): string {
  counter += 1;
  return [
    'From: Kai Carter <kai.carter@fabrikam.example>',
    'To: somebody@contoso.example',
    `Subject: ${subject}`,
    `Message-ID: <test-${counter}@fabrikam.example>`,
    'Date: Mon, 23 Nov 2026 09:00:00 +0000',
    ...headers,
    '',
    'Hello.',
    '',
  ].join('\r\n');
}

/** The parts of Graph's and Exchange's answers that the tests look at. */
export interface Answer {
  readonly error_description: string;
  readonly error_codes: number[];
  readonly error: { code: string; message: string; details: { message: string }[] };
  readonly id: string;
  readonly isDraft: boolean;
  readonly receivedDateTime: string;
  readonly value: (Readonly<Record<string, unknown>> & {
    readonly '@removed'?: unknown;
    readonly mail?: string;
    readonly displayName?: string;
    readonly userPrincipalName?: string;
    readonly PrimarySmtpAddress?: string;
    readonly RecipientTypeDetails?: string;
    readonly ExpirationDate?: string | null;
  })[];
  readonly responses: { status: number; body: { userPurpose?: string } }[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

/** The JSON of an answer. What a test asks for and is not there makes that test fail. */
export async function answer(response: Response | Promise<Response>): Promise<Answer> {
  return (await (await response).json()) as Answer;
}
