import type { ServedSite } from './serve.ts';

/** How a scanner fills forms in. `plausible`: what fits the field's type, and nothing where it cannot tell. */
type Filling = 'empty' | 'junk' | 'plausible';

interface Form {
  readonly action: string;
  readonly fields: ReadonlyMap<string, { readonly type: string; readonly values: string[] }>;
}

interface ScanReport {
  readonly read: readonly string[];
  readonly posted: readonly string[];
  /** Pages that contained something a browser would run. */
  readonly scripts: readonly string[];
}

/** Requests of one visit; a real scanner gives up much earlier. */
const MOST_REQUESTS = 120;

const JUNK: Readonly<Record<string, string>> = {
  email: 'scanner@sandbox.example',
  tel: '0151 99999999',
  text: 'test',
};

/**
 * What mail scanners do to a link: opens it, follows every link of the site, posts every form it finds with every button
 * and every choice, and goes on with what comes back, several steps deep. Our pages run no scripts; it tells if one did.
 */
export async function scan(
  site: ServedSite,
  start: string,
  filling: Filling,
  from = '198.51.100.66',
): Promise<ScanReport> {
  const read: string[] = [];
  const posted: string[] = [];
  const scripts: string[] = [];
  const known = new Set<string>();
  const queue: { readonly path: string; readonly body: string | null }[] = [
    { path: start, body: null },
  ];
  const add = (path: string, body: string | null): void => {
    const key = `${path} ${body ?? ''}`;
    if (!path.startsWith('/') || known.has(key)) return;
    known.add(key);
    queue.push({ path, body });
  };
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (read.length + posted.length >= MOST_REQUESTS) break;
    const { body, path } = next;
    const response = await site.request(path, {
      headers: {
        'x-forwarded-for': from,
        ...(body !== null && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(body !== null && { method: 'POST', body }),
    });
    (body === null ? read : posted).push(path);
    const location = response.headers.get('location');
    if (location !== null) add(location, null);
    if (!(response.headers.get('content-type') ?? '').includes('html')) continue;
    const page = await response.text();
    if (/<script|\son\w+=|javascript:|http-equiv/i.test(page)) scripts.push(path);
    for (const [, href = ''] of page.matchAll(/<a\s[^>]*href="([^"]*)"/g)) add(href, null);
    for (const form of formsOf(page))
      for (const filled of fillings(form, filling)) add(form.action, filled);
  }
  return { read, posted, scripts };
}

function formsOf(page: string): readonly Form[] {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(
    ([, head = '', inner = '']) => {
      const id = attribute(head, 'id');
      const outside =
        id === null ? [] : [...page.matchAll(new RegExp(`<button[^>]*form="${id}"[^>]*>`, 'g'))];
      const source = [inner, ...outside.map(([tag]) => tag)].join('');
      const fields = new Map<string, { readonly type: string; readonly values: string[] }>();
      for (const [tag, element = ''] of source.matchAll(
        /<(input|select|textarea|button)\b[^>]*>/g,
      )) {
        const name = attribute(tag, 'name');
        if (name === null) continue;
        const type = element === 'input' ? (attribute(tag, 'type') ?? 'text') : element;
        const field = fields.get(name) ?? { type, values: [] };
        field.values.push(attribute(tag, 'value') ?? '');
        fields.set(name, field);
      }
      return { action: attribute(head, 'action') ?? '', fields };
    },
  );
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? null;

/** One body for each button and each choice of radio buttons. */
function fillings({ fields }: Form, filling: Filling): readonly string[] {
  let bodies: [string, string][][] = [[]];
  for (const [name, { type, values }] of fields) {
    const several = type === 'radio' || type === 'button';
    const choices = several ? values : [valueFor(type, values[0] ?? '', filling)];
    bodies = bodies.flatMap((body) =>
      choices.map((value) => [...body, [name, value] as [string, string]]),
    );
  }
  return bodies.map((body) => new URLSearchParams(body).toString());
}

function valueFor(type: string, given: string, filling: Filling): string {
  if (type === 'hidden') return given;
  if (type === 'select') return 'DE';
  if (filling === 'empty') return '';
  if (filling === 'junk') return JUNK[type] ?? 'test';
  return type === 'text' ? '' : (JUNK[type] ?? '');
}
