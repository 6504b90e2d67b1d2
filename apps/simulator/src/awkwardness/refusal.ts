import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { Fault, Service } from './fault.ts';

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const BUSY: Readonly<Record<number, Omit<Refusal, 'status'>>> = {
  429: { code: 'TooManyRequests', message: 'Too many requests. Wait before you try again.' },
  500: { code: 'InternalServerError', message: 'An internal server error occurred.' },
  502: { code: 'BadGateway', message: 'A server in between gave no answer.' },
  503: { code: 'ServiceUnavailable', message: 'The service is temporarily unavailable.' },
  504: { code: 'GatewayTimeout', message: 'The operation timed out.' },
};

const HTML = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">
<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD>
<BODY><h2>Service Unavailable</h2><hr><p>HTTP Error 503. The service is unavailable.</p></BODY></HTML>
`;
const PADDING = '\0'.repeat(64);

/** Answers in the place of the service; false for a fault that does not. */
export function refuse(
  service: Service,
  fault: Fault,
  response: Response,
  restart: string,
): boolean {
  switch (fault.kind) {
    case 'busy': {
      const after = fault.retryAfterSeconds;
      if (after !== undefined) response.set('Retry-After', retryAfter(after, fault.retryAfterAs));
      const said = BUSY[fault.status] ?? { code: 'UnknownError', message: 'Something failed.' };
      if (fault.status === 429) setThrottleHeaders(response, 1.1);
      say(service, response, { status: fault.status, ...said });
      return true;
    }
    case 'refused': {
      if (!fault.padded) say(service, response, fault);
      else {
        const text = JSON.stringify(bodyFor(service, fault));
        response.status(fault.status).type('json').send(`${PADDING}${text}${PADDING}`);
      }
      return true;
    }
    case 'token-refused': {
      const message = 'Lifetime validation failed, the token is expired.';
      response.set('WWW-Authenticate', 'Bearer');
      say(service, response, { status: 401, code: 'InvalidAuthenticationToken', message });
      return true;
    }
    case 'gone': {
      const message = 'The sync state is not found or has expired. Start a full synchronisation.';
      if (fault.location) response.set('Location', restart);
      say(service, response, { status: 410, code: fault.code, message });
      return true;
    }
    case 'html':
      response.status(fault.status).type('html').send(HTML);
      return true;
    case 'cut':
    case 'late':
    case 'empty-pages':
    case 'duplicates':
    case 'out-of-order':
    case 'phantom-removals':
    case 'foreign-link':
    case 'circular-link':
    case 'pascal-case':
    case 'wrong-types':
    case 'missing-part':
    case 'near-limit':
      return false;
  }
}

/** A date has whole seconds only: one second more, so that it is never earlier than what was asked for. */
function retryAfter(seconds: number, form: 'seconds' | 'date'): string {
  if (form === 'seconds') return String(seconds);
  return new Date(Date.now() + Math.ceil(seconds) * 1000 + 999).toUTCString();
}

/** As Graph tells of a limit that is near or reached (reference 2.6). */
export function setThrottleHeaders(response: Response, percentage: number): void {
  response.set({
    'x-ms-throttle-limit-percentage': String(percentage),
    'x-ms-throttle-scope': 'Tenant_Application/ReadWrite',
    'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
  });
}

function say(service: Service, response: Response, refusal: Refusal): void {
  response.status(refusal.status).json(bodyFor(service, refusal));
}

/** In the words of the service that is spoken to. */
function bodyFor(service: Service, { status, code, message }: Refusal): unknown {
  const id = randomUUID();
  const date = new Date().toISOString().slice(0, 19);
  switch (service) {
    case 'graph':
    case 'upload': {
      const innerError = { date, 'request-id': id, 'client-request-id': id };
      return { error: { code, message, innerError } };
    }
    case 'exchange': {
      const type = `Microsoft.Exchange.Admin.${code}Exception`;
      const details = [{ code: 'Context', target: '', message: `Ex000000|${type}|${message}` }];
      const innererror = { message, type, internalException: { message, type } };
      return { error: { code, message, details, innererror } };
    }
    case 'login': {
      const said = /^AADSTS\d+: /.test(message) ? message : `AADSTS90033: ${message}`;
      const passing = status >= 500 || status === 429;
      return {
        error: passing ? 'temporarily_unavailable' : code,
        error_description: `${said} Trace ID: ${id} Correlation ID: ${id} Timestamp: ${date}Z`,
        error_codes: [Number(/\d+/.exec(said)?.[0])],
        trace_id: id,
      };
    }
  }
}
