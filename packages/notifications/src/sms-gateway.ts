import type { NoticeOutcome, SmsSender } from '@holdfast/application';

export interface SmsGatewayOptions {
  /** Base address of the gateway; messages go to `{url}/messages`. */
  readonly url: string;
  readonly token: string;
  readonly fetch?: typeof fetch;
  /** One request, answer included. Milliseconds; 10 s unless told. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT = 10_000;
/** Longest text of the gateway's that is kept. Unit: characters. */
const LONGEST_DETAIL = 200;

/**
 * SMS over a plain HTTP gateway: `POST {url}/messages {to,text,reference}` → `202 {id}`. A 4xx is final for this
 * message (bad number); 401, 403, 408 and 429 say something about us or the moment, and 5xx about the gateway, so
 * those are worth a retry.
 */
export function createSmsGateway(options: SmsGatewayOptions): SmsSender {
  const request = options.fetch ?? fetch;
  const url = `${options.url.replace(/\/+$/, '')}/messages`;
  return {
    async send(message): Promise<NoticeOutcome> {
      try {
        const response = await request(url, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${options.token}`,
            'content-type': 'application/json',
            accept: 'application/json',
          },
          body: JSON.stringify({
            to: message.to,
            text: message.text,
            reference: message.reference,
          }),
          redirect: 'error',
          signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT),
        });
        return readAnswer(response.status, await response.text(), message.reference);
      } catch (error) {
        return { ok: false, permanent: false, detail: describe(error) };
      }
    },
  };
}

const WORTH_A_RETRY = new Set([401, 403, 408, 425, 429]);

function readAnswer(status: number, body: string, reference: string): NoticeOutcome {
  if (status >= 200 && status < 300) return { ok: true, reference: idIn(body) ?? reference };
  const permanent = status >= 400 && status < 500 && !WORTH_A_RETRY.has(status);
  const said = body.replace(/\s+/g, ' ').trim().slice(0, LONGEST_DETAIL);
  return { ok: false, permanent, detail: `The SMS gateway answered ${status}: ${said}` };
}

function idIn(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    const hasId = typeof parsed === 'object' && parsed !== null && 'id' in parsed;
    return hasId && typeof parsed.id === 'string' ? parsed.id : null;
  } catch {
    return null;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'The SMS gateway cannot be reached.';
  if (error.name === 'TimeoutError') return 'The SMS gateway did not answer in time.';
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return `The SMS gateway cannot be reached: ${cause}`;
}
