import type { CmdletCall, CmdletValue, ListChange } from './exchange-cmdlet.ts';

/** PowerShell takes each of these for a quotation mark, typographic ones too; doubled they stand for themselves. */
const QUOTES = /['\u2018\u2019\u201a\u201b]/g;
// oxlint-disable-next-line no-control-regex -- a line break would end a comment and begin a statement
const CONTROLS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g;

/** A literal string: nothing in it is a variable, an expression or the end of the string. */
export function quoted(text: string): string {
  return `'${text.replace(CONTROLS, ' ').replace(QUOTES, '$&$&')}'`;
}

/**
 * Our words without typography: Windows PowerShell reads a file without a byte order mark in the code page of the
 * machine, where such characters would come apart.
 */
function plain(text: string): string {
  return text
    .replace(CONTROLS, ' ')
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2013\u2212]/g, '-');
}

/** A comment of one line. */
export function comment(text: string): string {
  return `# ${plain(text)}`;
}

/** Inside of a quoted pattern for `-like`: the text itself, wherever it stands. */
export function containing(text: string): string {
  return quoted(`*${text.replace(/[`*?[\]]/g, '`$&')}*`);
}

export function literal(value: CmdletValue): string {
  if (value === null) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  return 'add' in value ? hashTable(value) : `@(${value.map(quoted).join(', ')})`;
}

function hashTable({ add, remove }: ListChange): string {
  const parts = [
    ...(add.length === 0 ? [] : [`Add = ${literal(add)}`]),
    ...(remove.length === 0 ? [] : [`Remove = ${literal(remove)}`]),
  ];
  return `@{ ${parts.join('; ')} }`;
}

/** One cmdlet as a person would type it. */
export function cmdletLine({ name, parameters }: CmdletCall): string {
  const given = Object.entries(parameters).map(([key, value]) =>
    value === false && key === 'Confirm' ? '-Confirm:$false' : `-${key} ${literal(value)}`,
  );
  return [name, ...given].join(' ');
}

/** `$name = @{ … }`, one line for each entry, for `@name` in a call. */
export function table(name: string, entries: Readonly<Record<string, CmdletValue>>): string {
  const lines = Object.entries(entries).map(([key, value]) => `    ${key} = ${literal(value)}`);
  return lines.length === 0 ? `$${name} = @{}` : [`$${name} = @{`, ...lines, '}'].join('\n');
}

/** The lines of a block, moved in by one step. */
function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

export function block(head: string, ...body: readonly string[]): string {
  return `${head} {\n${indented(body.join('\n'))}\n}`;
}

export const say = (text: string): string => `Write-Host ${quoted(plain(text))}`;
export const warn = (text: string): string => `Write-Warning ${quoted(plain(text))}`;
