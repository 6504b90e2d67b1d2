import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: { readonly type?: unknown; readonly minimum?: number };
}

export interface Operation {
  /** Any of these is enough. */
  readonly 'x-app-permissions'?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, object>> }>
  >;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, { type?: unknown }>> }>
    >;
  };
}

/** The strict subset of Microsoft's own description of Graph v1.0; every unknown property name is an error. */
const [subset, supplement] = [read('graph-subset'), read('graph-supplement')];
export const DESCRIPTION: Description = {
  ...subset,
  paths: { ...subset.paths, ...supplement.paths },
  components: {
    ...subset.components,
    schemas: { ...subset.components.schemas, ...supplement.components.schemas },
  },
};

function read(name: string): Description {
  const url = new URL(`../../schema/${name}.strict.openapi.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Description;
}

const DESCRIPTION_ID = 'https://graph.simulator.example/openapi';

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  // The package is CommonJS: under NodeNext its function is the `default` of the default.
  addFormats.default(ajv);
  ajv.addSchema({ ...DESCRIPTION, $id: DESCRIPTION_ID });
  return ajv;
}

let shared: Ajv2020 | undefined;
const compiled = new Map<string, ValidateFunction>();

/**
 * A validator for one place of the description.
 * @param pointer JSON pointer, as in `/components/schemas/microsoft.graph.user`
 */
export function validatorFor(pointer: string): ValidateFunction {
  const known = compiled.get(pointer);
  if (known !== undefined) return known;
  shared ??= createAjv();
  const place = pointer.split('/').map(encodeURIComponent).join('/');
  const made = shared.compile({ $ref: `${DESCRIPTION_ID}#${place}` });
  compiled.set(pointer, made);
  return made;
}

/** Why a value is not of a Graph type; undefined when it is. */
export function typeProblem(type: string, value: unknown): string | undefined {
  const validate = validatorFor(`/components/schemas/microsoft.graph.${type}`);
  if (validate(value)) return undefined;
  const error = validate.errors?.[0];
  const name = error?.params['additionalProperty'];
  return typeof name === 'string'
    ? `The property '${name}' does not exist on type 'microsoft.graph.${type}'.`
    : `${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`;
}

type EmptyProperties = ReadonlyMap<string, null | readonly never[]>;

const empty = new Map<string, EmptyProperties>();

/** Names and empty values of the properties a Graph type has. */
export function emptyProperties(type: string): EmptyProperties {
  const known = empty.get(type) ?? readEmptyProperties(type);
  empty.set(type, known);
  return known;
}

function readEmptyProperties(type: string): EmptyProperties {
  const properties = DESCRIPTION.components.schemas[`microsoft.graph.${type}`]?.properties ?? {};
  return new Map(
    Object.entries(properties)
      .filter(([name]) => !name.startsWith('@'))
      .map(([name, property]) => [name, property.type === 'array' ? [] : null]),
  );
}
