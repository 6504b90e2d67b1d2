import { readFileSync } from 'node:fs';
import { CmdletError, type Parameters } from './cmdlet.ts';

type Kind = 'switch' | 'boolean' | 'list' | 'value';

/** Microsoft's own reference of the cmdlets: names of parameters, and what they take. */
const REFERENCE = JSON.parse(
  readFileSync(new URL('../../schema/exchange-cmdlets.json', import.meta.url), 'utf8'),
) as { readonly cmdlets: Readonly<Record<string, Readonly<Record<string, Kind>>>> };

const BINDING = 'System.Management.Automation.ParameterBindingException';

/** Refuses, as PowerShell does before a cmdlet runs, what the cmdlet does not have or cannot take. */
export function bindParameters(name: string, parameters: Parameters): void {
  const known = Object.entries(REFERENCE.cmdlets).find(
    ([cmdlet]) => cmdlet.toLowerCase() === name.toLowerCase(),
  )?.[1];
  if (known === undefined) return;
  for (const [given, value] of Object.entries(parameters)) {
    const kind = Object.entries(known).find(
      ([parameter]) => parameter.toLowerCase() === given.toLowerCase(),
    )?.[1];
    if (kind === undefined) {
      throw new CmdletError(
        BINDING,
        `A parameter cannot be found that matches parameter name '${given}'.`,
      );
    }
    if (!takes(kind, value)) {
      throw new CmdletError(
        BINDING,
        `Cannot process argument transformation on parameter '${given}'. Cannot convert value "${JSON.stringify(value)}".`,
      );
    }
  }
}

/** Over JSON: switches and booleans are booleans, lists are lists, single values or hash tables (reference 3.1). */
function takes(kind: Kind, value: unknown): boolean {
  if (value === null) return true;
  switch (kind) {
    case 'switch':
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return true;
    case 'value':
      return typeof value !== 'object';
  }
}
