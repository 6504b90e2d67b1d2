import { badRequest, GraphError } from './graph-error.ts';
import { emptyProperties } from './schema.ts';

export type GraphObject = Readonly<Record<string, unknown>>;

/** Kept outside Entra ID: Graph answers 501 when a list is asked for them. */
const NOT_ON_LISTS = new Set([
  'aboutMe',
  'birthday',
  'hireDate',
  'interests',
  'mailboxSettings',
  'mySite',
  'pastProjects',
  'preferredName',
  'responsibilities',
  'schools',
  'skills',
]);

/** What Graph returns of a type when nothing is selected; types not named here are returned whole. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  user: [
    'businessPhones',
    'displayName',
    'givenName',
    'id',
    'jobTitle',
    'mail',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'surname',
    'userPrincipalName',
  ],
};

/** Turns a full object into what `$select` asks for. The id is always there. */
export type Selection = (object: GraphObject) => GraphObject;

export function selection(type: string, select: unknown): Selection {
  const known = emptyProperties(type);
  if (select === undefined) {
    const defaults = DEFAULTS[type];
    return defaults === undefined ? (object) => object : (object) => pick(object, defaults, known);
  }
  if (typeof select !== 'string') throw badRequest("Query parameter '$select' is given twice.");
  const names = select.split(',').map((name) => name.trim());
  for (const name of names) {
    if (type === 'user' && NOT_ON_LISTS.has(name)) {
      throw new GraphError(
        501,
        'NotImplemented',
        'ExplicitTargetMailboxIdShouldNotBeNullOrWhiteSpace: the property cannot be selected here.',
      );
    }
    if (!known.has(name)) {
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
      );
    }
  }
  return (object) => pick(object, known.has('id') ? ['id', ...names] : names, known);
}

function pick(
  object: GraphObject,
  names: readonly string[],
  known: ReadonlyMap<string, null | readonly never[]>,
): GraphObject {
  const picked = names.map((name) => [name, object[name] ?? known.get(name) ?? null] as const);
  const annotations = Object.entries(object).filter(([name]) => name.startsWith('@'));
  return Object.fromEntries([...annotations, ...picked]);
}
