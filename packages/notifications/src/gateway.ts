import type { NoticeOutcome } from '@holdfast/application';

export interface GatewayOptions {
  /** Base address of the gateway. */
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
 * Hands something to a plain HTTP gateway: `POST {url}/{path} {…,reference}` → `202 {id}`. A 4xx is final for this message
 * (bad number); 401, 403, 408 and 429 say something about us or the moment, and 5xx about the gateway, so those are worth
 * a retry.
 */
export async function postToGateway(
  options: GatewayOptions,
  what: { readonly name: string; readonly path: string },
  body: Readonly<Record<string, string>> & { readonly reference: string },
): Promise<NoticeOutcome> {
  const request = options.fetch ?? fetch;
  try {
    const response = await request(`${options.url.replace(/\/+$/, '')}/${what.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${options.token}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT),
    });
    return readAnswer(what.name, response.status, await response.text(), body.reference);
  } catch (error) {
    return { ok: false, permanent: false, detail: describe(what.name, error) };
  }
}

const WORTH_A_RETRY = new Set([401, 403, 408, 425, 429]);

function readAnswer(name: string, status: number, body: string, reference: string): NoticeOutcome {
  if (status >= 200 && status < 300) return { ok: true, reference: idIn(body) ?? reference };
  const permanent = status >= 400 && status < 500 && !WORTH_A_RETRY.has(status);
  const said = body.replace(/\s+/g, ' ').trim().slice(0, LONGEST_DETAIL);
  return { ok: false, permanent, detail: `The ${name} gateway answered ${status}: ${said}` };
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

function describe(name: string, error: unknown): string {
  if (!(error instanceof Error)) return `The ${name} gateway cannot be reached.`;
  if (error.name === 'TimeoutError') return `The ${name} gateway did not answer in time.`;
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return `The ${name} gateway cannot be reached: ${cause}`;
}
