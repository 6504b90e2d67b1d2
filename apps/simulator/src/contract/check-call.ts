import { validatorFor } from '../graph/schema.ts';
import { type FoundOperation, pointerTo } from './operation.ts';

/** A request as it arrived. Names of headers in lower case. */
export interface SeenRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Undefined without a body. */
  readonly body: unknown;
}

/** Headers that HTTP, the client or Graph as a whole may bring; all others belong to single operations. */
const COMMON_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'client-request-id',
  'connection',
  'content-length',
  'content-type',
  'host',
  'sec-fetch-mode',
  'transfer-encoding',
  'user-agent',
  // Reference 2.6: for what may wait.
  'x-ms-throttle-priority',
]);

/** In links of Graph's own, which come back as they were given. */
const TOKENS = new Set(['$skiptoken', '$deltatoken']);

/** Outlook's part of Graph takes `Prefer: IdType="ImmutableId"` with every request, whatever is listed for it. */
const isOutlook = (template: string): boolean =>
  template.startsWith('/users/{user-id}/') || template === '/$batch';

const JSON_TYPE = 'application/json';

/** What is wrong with a request by Microsoft's description; empty when nothing is. */
export function requestFaults(found: FoundOperation, seen: SeenRequest): readonly string[] {
  return [...queryFaults(found, seen), ...headerFaults(found, seen), ...bodyFaults(found, seen)];
}

function queryFaults(found: FoundOperation, { query }: SeenRequest): string[] {
  const known = (found.operation.parameters ?? []).filter((one) => one.in === 'query');
  const faults = Object.entries(query).flatMap(([name, value]) => {
    if (TOKENS.has(name)) return [];
    const parameter = known.find((one) => one.name === name);
    if (parameter === undefined) return [`there is no query parameter ${name}`];
    if (typeof value !== 'string') return [`${name} is given several times`];
    return isOfType(value, parameter.schema.type) ? [] : [`${name} is "${value}"`];
  });
  const missing = known
    .filter((one) => one.required === true && query[one.name] === undefined)
    // A link of Graph's own carries what it needs in its token.
    .filter(() => query['$skiptoken'] === undefined && query['$deltatoken'] === undefined)
    .map((one) => `${one.name} is missing`);
  return [...faults, ...missing];
}

function isOfType(value: string, type: unknown): boolean {
  if (type === 'integer') return /^\d+$/.test(value);
  return type === 'boolean' ? /^(true|false)$/.test(value) : true;
}

function headerFaults(found: FoundOperation, { headers }: SeenRequest): string[] {
  const own = (found.operation.parameters ?? [])
    .filter((one) => one.in === 'header')
    .map((one) => one.name.toLowerCase());
  return Object.keys(headers)
    .filter((name) => !COMMON_HEADERS.has(name) && !own.includes(name))
    .filter((name) => name !== 'prefer' || !isOutlook(found.template))
    .map((name) => `the header ${name} means nothing here`);
}

function bodyFaults(found: FoundOperation, { headers, body }: SeenRequest): string[] {
  const { requestBody } = found.operation;
  if (requestBody === undefined) return body === undefined ? [] : ['a body where none belongs'];
  if (body === undefined) return ['the body is missing'];
  const type = String(headers['content-type']).split(';')[0]?.trim() ?? '';
  if (requestBody.content[type] === undefined) return [`the body is ${type}`];
  return problems(pointerTo(found, 'requestBody', 'content', type, 'schema'), body);
}

/** What is wrong with an answer of ours; the same description, from the other side. */
export function responseFaults(
  found: FoundOperation,
  status: number,
  body: unknown,
): readonly string[] {
  const { responses } = found.operation;
  const key = responses[status] === undefined ? `${String(status).slice(0, 1)}XX` : String(status);
  if (responses[key] === undefined) return [`status ${status} is not described`];
  if (key.endsWith('XX'))
    return problems('/components/responses/error/content/application~1json/schema', body);
  if (responses[key].content?.[JSON_TYPE] === undefined) return [];
  const pointer = pointerTo(found, 'responses', key, 'content', JSON_TYPE, 'schema');
  return problems(pointer, found.template.startsWith('/admin/') ? inCamelCase(body) : body);
}

/**
 * Microsoft's own samples write the values of these enumerations in PascalCase while its description has camelCase
 * (reference 4.1). The simulator follows the samples, the contract the description.
 */
function inCamelCase(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      ['status', 'classification', 'origin'].includes(key) && typeof inner === 'string'
        ? inner.slice(0, 1).toLowerCase() + inner.slice(1)
        : inner,
    ),
  );
}

function problems(pointer: string, value: unknown): string[] {
  const validate = validatorFor(pointer);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => {
    const extra: unknown = error.params['additionalProperty'];
    const name = typeof extra === 'string' ? ` (${extra})` : '';
    return `${error.instancePath} ${error.message ?? 'is not valid'}${name}`;
  });
}
