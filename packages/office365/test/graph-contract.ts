import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** One exchange with Graph, as it was on the wire. */
export interface GraphCall {
  readonly method: string;
  /** Below Graph's base address. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly answer?: { readonly status: number; readonly body: unknown };
}

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: { readonly type?: unknown };
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
}

/** Microsoft's own description of Graph, kept beside the simulator as the contract of both sides. */
const FOLDER = new URL('../../../apps/simulator/schema/', import.meta.url);
const FILES = ['graph-subset.strict.openapi.json', 'graph-supplement.strict.openapi.json'];

/** Names of the documents that are not there; without one of them nothing can be checked. */
export const missingDescriptions = (): readonly string[] =>
  FILES.map((name) => new URL(name, FOLDER))
    .filter((url) => !existsSync(url))
    .map((url) => url.pathname.split('/').slice(-4).join('/'));

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
  'x-ms-throttle-priority',
]);

/** In links of Graph's own, which go back as they came. */
const TOKENS = new Set(['$skiptoken', '$deltatoken']);

/** Outlook's part of Graph takes `Prefer: IdType="ImmutableId"` with every request, whatever is listed for it. */
const isOutlook = (path: string): boolean =>
  path.startsWith('/users/{user-id}/') || path === '/$batch';

class Contract {
  readonly #description: Description;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor() {
    const [subset, supplement] = FILES.map(
      (name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Description,
    );
    this.#description = {
      ...subset,
      paths: { ...subset?.paths, ...supplement?.paths },
      components: {
        ...subset?.components,
        schemas: { ...subset?.components.schemas, ...supplement?.components.schemas },
      },
    };
    this.#ajv.addSchema({ ...this.#description, $id: 'strict:graph' });
    this.#ajv.addSchema({ ...(opened(this.#description) as object), $id: 'lenient:graph' });
  }

  /** What is wrong with a call by Microsoft's description; empty when nothing is. */
  faults(call: GraphCall): readonly string[] {
    const verb = call.method.toLowerCase();
    const found = Object.entries(this.#description.paths)
      .filter(([template, operations]) => operations[verb] && matches(template, call.path))
      // `/users/delta` is no user.
      .sort(([a], [b]) => a.split('{').length - b.split('{').length)[0];
    const operation = found?.[1][verb];
    if (found === undefined || operation === undefined)
      return [`no operation ${call.method} ${call.path}`];
    const [path] = found;
    return [
      ...this.#request(path, verb, operation, call),
      ...this.#answer(path, verb, operation, call),
    ].map((fault) => `${call.method} ${path}: ${fault}`);
  }

  #request(path: string, verb: string, operation: Operation, call: GraphCall): string[] {
    const parameters = operation.parameters ?? [];
    const query = [...call.query].flatMap(([name, value]) => {
      if (TOKENS.has(name)) return [];
      const known = parameters.find((one) => one.in === 'query' && one.name === name);
      if (known === undefined) return [`takes no ${name}`];
      return isOfType(value, known.schema.type) ? [] : [`${name} cannot be "${value}"`];
    });
    const repeated = [...new Set(call.query.keys())]
      .filter((name) => call.query.getAll(name).length > 1)
      .map((name) => `${name} is there twice`);
    const headers = Object.keys(call.headers)
      .filter((name) => !COMMON_HEADERS.has(name) && !(name === 'prefer' && isOutlook(path)))
      .filter((name) => !parameters.some((one) => one.in === 'header' && isNamed(one.name, name)))
      .map((name) => `takes no header ${name}`);
    return [...query, ...repeated, ...headers, ...this.#body(path, verb, operation, call)];
  }

  #body(path: string, verb: string, operation: Operation, call: GraphCall): string[] {
    if (operation.requestBody === undefined) return call.body === null ? [] : ['takes no body'];
    const given = call.headers['content-type'];
    const type = typeof given === 'string' ? (given.split(';')[0] ?? '') : 'application/json';
    if (operation.requestBody.content[type] === undefined) return [`takes no ${type}`];
    const place = ['paths', path, verb, 'requestBody', 'content', type, 'schema'];
    return this.#problems('strict', place, call.body);
  }

  /** Answers against the lenient form: Microsoft adds properties when it likes. */
  #answer(path: string, verb: string, operation: Operation, { answer }: GraphCall): string[] {
    // What an ill gateway says is described nowhere.
    if (answer === undefined || answer.status >= 300) return [];
    const described = operation.responses[answer.status];
    if (described === undefined) return [`is not answered with ${answer.status}`];
    if (described.content === undefined) return [];
    const type = 'application/json';
    const place = ['paths', path, verb, 'responses', String(answer.status), 'content', type];
    return this.#problems('lenient', [...place, 'schema'], inCamelCase(answer.body));
  }

  #problems(form: 'strict' | 'lenient', place: readonly string[], value: unknown): string[] {
    const pointer = `${form}:graph#/${place.map(escapePointer).join('/')}`;
    const validate = this.#compiled.get(pointer) ?? this.#ajv.compile({ $ref: pointer });
    this.#compiled.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => {
      const name: unknown = error.params['additionalProperty'];
      return `${error.instancePath} ${error.message}${typeof name === 'string' ? ` ${name}` : ''}`;
    });
  }
}

let contract: Contract | undefined;

/** Nothing is checked while the description is missing; `graph-contract.test.ts` says so. */
export function contractFaults(call: GraphCall): readonly string[] {
  if (missingDescriptions().length > 0) return [];
  const known = (contract ??= new Contract());
  return [call, ...insideBatch(call)].flatMap((one) => known.faults(one));
}

/** The requests that a batch holds, as if each had come alone. */
function insideBatch({ path, body }: GraphCall): readonly GraphCall[] {
  if (path !== '/$batch') return [];
  const { requests } = body as {
    readonly requests: readonly {
      readonly method: string;
      readonly url: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }[];
  };
  return requests.map(({ method, url, headers = {}, body: inner = null }) => {
    const { pathname, searchParams } = new URL(url, 'https://graph.example');
    const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return {
      method,
      path: decodeURIComponent(pathname),
      query: searchParams,
      headers: Object.fromEntries(names) as Readonly<Record<string, string>>,
      body: inner,
    };
  });
}

/** The same description without the closing of its objects, which is all that makes it strict. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => !(name === 'additionalProperties' && inner === false))
      .map(([name, inner]) => [name, opened(inner)]),
  );
}

/** Properties whose values are words of an enumeration. */
const WORDS = new Set([
  'classification',
  'contentType',
  'flagStatus',
  'importance',
  'inferenceClassification',
  'origin',
  'sensitivity',
  'showAs',
  'status',
  'type',
  'userPurpose',
]);

/** They come in PascalCase from the real service, whatever its description says (reference 4.1). */
function inCamelCase(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body ?? null, (key, inner: unknown) =>
      WORDS.has(key) && typeof inner === 'string'
        ? inner.slice(0, 1).toLowerCase() + inner.slice(1)
        : inner,
    ),
  );
}

const isNamed = (described: string, sent: string): boolean => described.toLowerCase() === sent;

function isOfType(value: string, type: unknown): boolean {
  if (type === 'integer') return /^\d+$/.test(value);
  return type === 'boolean' ? /^(true|false)$/.test(value) : true;
}

function matches(template: string, path: string): boolean {
  const [want, have] = [template.split('/'), path.split('/')];
  return (
    want.length === have.length &&
    want.every((part, at) => {
      const actual = have[at] ?? '';
      const open = part.indexOf('{');
      if (open < 0) return part === actual;
      const tail = part.slice(part.lastIndexOf('}') + 1);
      return actual.startsWith(part.slice(0, open)) && actual.endsWith(tail) && actual !== '';
    })
  );
}

const escapePointer = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
