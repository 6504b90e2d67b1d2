import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** The strict subset of Microsoft's own description of Graph v1.0; every unknown property name is an error. */
const DOCUMENT = JSON.parse(
  readFileSync(new URL('../../schema/graph-subset.strict.openapi.json', import.meta.url), 'utf8'),
) as {
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, { type?: unknown }>> }>
    >;
  };
};

const DOCUMENT_ID = 'https://graph.simulator.example/openapi';

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  // The package is CommonJS: under NodeNext its function is the `default` of the default.
  addFormats.default(ajv);
  ajv.addSchema({ ...DOCUMENT, $id: DOCUMENT_ID });
  return ajv;
}

let shared: Ajv2020 | undefined;

/**
 * A validator for one place of the description.
 * @param pointer JSON pointer, as in `/components/schemas/microsoft.graph.user`
 */
export function validatorFor(pointer: string): ValidateFunction {
  shared ??= createAjv();
  return shared.compile({ $ref: `${DOCUMENT_ID}#${pointer}` });
}

const compiled = new Map<string, ValidateFunction>();

/** Why a value is not of a Graph type; undefined when it is. */
export function typeProblem(type: string, value: unknown): string | undefined {
  const validate =
    compiled.get(type) ?? validatorFor(`/components/schemas/microsoft.graph.${type}`);
  compiled.set(type, validate);
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
  const properties = DOCUMENT.components.schemas[`microsoft.graph.${type}`]?.properties ?? {};
  return new Map(
    Object.entries(properties)
      .filter(([name]) => !name.startsWith('@'))
      .map(([name, property]) => [name, property.type === 'array' ? [] : null]),
  );
}
