import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Awkwardness } from './awkwardness.ts';
import { changedAnswer, type Passage } from './answer.ts';
import type { Fault, Service } from './fault.ts';
import { refuse, setThrottleHeaders } from './refusal.ts';

/** Entries that move to a later page, by the address of that page; so many are never under way at once. */
const MOVED_PAGES = 1000;
/** As much as the services themselves take. */
const MAX_BODY = '4mb';
/** In front of a page token: so many empty pages are still to come. */
const EMPTY = /^empty\.(\d+)\./;

/** In front of a service: lets the rules and the chaos of the world happen to each of its calls. */
export function awkward(
  awkwardness: Awkwardness,
  service: Service,
  controlUrl: () => string,
): RequestHandler {
  const moved: Passage['moved'] = new Map();
  const router = Router();
  // The name of the cmdlet is in the body; whoever comes after finds it read.
  if (service === 'exchange') router.use(express.json({ limit: MAX_BODY }));
  router.use((request, response, next) => {
    const pending = takeEmptyPages(request);
    const here = `${controlUrl()}${request.originalUrl}`;
    const cmdlet = cmdletOf(request);
    const call = { service, method: request.method, path: pathOf(request), cmdlet };
    const faults = awkwardness.faultsFor(call);
    if (isCut(faults, 'before')) return response.destroy();
    const restart = here.replace(/\?.*/s, '');
    if (faults.some((fault) => refuse(service, fault, response, restart))) return undefined;
    const reads = call.method === 'GET' || cmdlet?.startsWith('Get-') === true;
    change(response, { faults, here, call, reads, pending, moved, random: awkwardness.random });
    forgetOldest(moved);
    const late = faults.reduce(
      (sum, fault) => sum + (fault.kind === 'late' ? fault.milliseconds : 0),
      0,
    );
    if (late === 0) next();
    else setTimeout(next, late);
    return undefined;
  });
  return router;
}

function forgetOldest(moved: Passage['moved']): void {
  const [oldest] = moved.size > MOVED_PAGES ? moved.keys() : [];
  if (oldest !== undefined) moved.delete(oldest);
}

function change(response: Response, passage: Passage): void {
  for (const fault of passage.faults) {
    if (fault.kind === 'near-limit') setThrottleHeaders(response, fault.percentage);
  }
  const send = response.json.bind(response);
  response.json = (body: unknown) =>
    send(response.statusCode < 300 ? changedAnswer(body, passage) : body);
  const [after, inBody] = [isCut(passage.faults, 'after'), isCut(passage.faults, 'in-body')];
  if (!after && !inBody) return;
  const cut = (chunk?: unknown): Response => {
    const body = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (after || !(body instanceof Uint8Array) || body.length < 2) response.destroy();
    else response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return response;
  };
  response.end = cut;
}

/** Takes the mark for empty pages off the page token, so that the service sees its own; undefined without a mark. */
function takeEmptyPages(request: Request): number | undefined {
  const url = new URL(request.url, 'http://simulator');
  const token = url.searchParams.get('$skiptoken') ?? '';
  const left = EMPTY.exec(token)?.[1];
  if (left === undefined) return undefined;
  const own = token.replace(EMPTY, '');
  if (own === '') url.searchParams.delete('$skiptoken');
  else url.searchParams.set('$skiptoken', own);
  request.url = `${url.pathname}${url.search}`;
  request.originalUrl = `${request.baseUrl}${request.url}`;
  return Number(left);
}

function pathOf(request: Request): string {
  try {
    return decodeURIComponent(request.path);
  } catch {
    return request.path;
  }
}

function cmdletOf(request: Request): string | undefined {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || !('CmdletInput' in body)) return undefined;
  const input = body.CmdletInput;
  if (typeof input !== 'object' || input === null || !('CmdletName' in input)) return undefined;
  return typeof input.CmdletName === 'string' ? input.CmdletName : undefined;
}

const isCut = (faults: readonly Fault[], when: 'before' | 'after' | 'in-body'): boolean =>
  faults.some((fault) => fault.kind === 'cut' && fault.when === when);
