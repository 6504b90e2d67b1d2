import type { World } from '../world.ts';

/** Parameters of a cmdlet as they come: names without dash, any JSON value. */
export type Parameters = Readonly<Record<string, unknown>>;

export type CmdletObject = Readonly<Record<string, unknown>>;

/** What a cmdlet found: a list, or something that makes its entries when a page of them is asked for. */
export interface CmdletObjects {
  readonly length: number;
  slice(start: number, end: number): readonly CmdletObject[];
}

export interface Cmdlet {
  /** Writing cmdlets need the X-AnchorMailbox header. */
  readonly writes: boolean;
  /** Changes a policy, which a dehydrated tenant does not take. */
  readonly policy?: boolean;
  readonly run: (world: World, parameters: Parameters) => CmdletObjects;
}

/** An error as Exchange reports it: a .NET type and a sentence. */
export class CmdletError extends Error {
  readonly status: number;
  readonly type: string;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

const VALIDATION = 'Microsoft.Exchange.Configuration.Tasks.TaskArgumentException';
const NOT_FOUND = 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException';

export const invalid = (message: string): CmdletError => new CmdletError(VALIDATION, message);

export const objectNotFound = (identity: string): CmdletError =>
  new CmdletError(
    NOT_FOUND,
    `The operation couldn't be performed because object '${identity}' couldn't be found.`,
    404,
  );

export function text(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`Cannot process argument on parameter '${name}'.`);
  return value;
}

export function requiredText(parameters: Parameters, name: string): string {
  const value = text(parameters, name);
  if (value === undefined || value === '') {
    throw new CmdletError(
      'System.Management.Automation.ParameterBindingException',
      `Cannot process command because of one or more missing mandatory parameters: ${name}.`,
    );
  }
  return value;
}

export function flag(parameters: Parameters, name: string, otherwise: boolean): boolean {
  const value = parameters[name] ?? otherwise;
  if (typeof value !== 'boolean') throw invalid(`Parameter '${name}' takes a boolean.`);
  return value;
}

function strings(value: unknown, name: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item !== 'string') throw invalid(`Parameter '${name}' takes text values.`);
    return item.trim();
  });
}

const HASH_TABLE = '#Exchange.GenericHashTable';

/**
 * A multivalued property after a Set: a plain array replaces it, a hash table `{add, remove}` changes it. Without the
 * parameter it stays as it is.
 */
export function multivalued(
  parameters: Parameters,
  name: string,
  current: readonly string[],
): readonly string[] {
  const given = parameters[name];
  if (given === undefined) return current;
  if (given === null) return [];
  if (typeof given !== 'object' || Array.isArray(given)) return [...new Set(strings(given, name))];
  if (!('@odata.type' in given) || given['@odata.type'] !== HASH_TABLE) {
    throw invalid(`Parameter '${name}': a hash table needs "@odata.type":"${HASH_TABLE}".`);
  }
  const add = 'add' in given ? strings(given.add, name) : [];
  const remove = 'remove' in given ? strings(given.remove, name) : [];
  return [...new Set([...current, ...add])].filter((value) => !remove.includes(value));
}
