import { DESCRIPTION, type Operation } from '../graph/schema.ts';

export interface FoundOperation {
  readonly template: string;
  /** Lower case. */
  readonly method: string;
  readonly operation: Operation;
}

/** The described operation for a path below Graph's base. A name spelt out goes before one in braces. */
export function findOperation(method: string, path: string): FoundOperation | undefined {
  const parts = path.split('/');
  const verb = method.toLowerCase();
  return Object.entries(DESCRIPTION.paths)
    .flatMap(([template, operations]) => {
      const operation = operations[verb];
      const wildcards = operation === undefined ? null : wildcardsOf(template, parts);
      return operation === undefined || wildcards === null
        ? []
        : [{ template, method: verb, operation, wildcards }];
    })
    .sort((a, b) => a.wildcards - b.wildcards)[0];
}

/** How many parts of the path stand for a name in braces; null when the path is another one. */
function wildcardsOf(template: string, path: readonly string[]): number | null {
  const wanted = template.split('/');
  if (wanted.length !== path.length) return null;
  let wildcards = 0;
  for (const [at, part] of wanted.entries()) {
    const actual = path[at] ?? '';
    if (part === actual) continue;
    const open = part.indexOf('{');
    const close = part.lastIndexOf('}');
    if (open < 0 || actual === '') return null;
    if (!actual.startsWith(part.slice(0, open)) || !actual.endsWith(part.slice(close + 1)))
      return null;
    wildcards += 1;
  }
  return wildcards;
}

/** JSON pointer to a part of the operation. */
export function pointerTo(found: FoundOperation, ...parts: readonly string[]): string {
  return ['paths', found.template, found.method, ...parts]
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
