/**
 * A piece of finished HTML. Only `html` makes one, so that a plain string can never reach a page unescaped.
 */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }
}

/** What may stand in a template. `null`, `undefined` and `false` print nothing, so that `condition && html…` works. */
export type Insertable =
  | string
  | number
  | Html
  | readonly Insertable[]
  | null
  | undefined
  | false
  | true;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Safe in text and in quoted attributes; attributes are always quoted in our templates. */
function escapeHtml(value: string): string {
  return value.replaceAll(/[&<>"'`]/g, (character) => ENTITIES[character] ?? character);
}

function print(value: Insertable): string {
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  if (value instanceof Html) return value.source;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(print).join('');
}

/** Tagged template: every inserted value is escaped, nested templates are kept as they are. */
export function html(parts: TemplateStringsArray, ...values: readonly Insertable[]): Html {
  let source = parts[0] ?? '';
  for (const [index, value] of values.entries()) source += print(value) + (parts[index + 1] ?? '');
  return new Html(source);
}

/** A boolean attribute: `html\`<input${flag('required', true)}>\``. */
export function flag(name: string, on: boolean): Html {
  return new Html(on ? ` ${escapeHtml(name)}` : '');
}
