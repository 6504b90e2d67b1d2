import type { Random } from '../sample-mail/random.ts';
import { stableGuid } from '../tenant/stable-guid.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A page of a list, of Graph or of Exchange. */
export interface Page {
  readonly value: readonly Entry[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

export function isPage(body: unknown): body is Page {
  return typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value);
}

const idOf = (entry: Entry): string => JSON.stringify(entry['id'] ?? entry['Guid'] ?? '');

const OLD_NAME = 'Name of a while ago';

/**
 * Some objects twice. In a delta query the first one shows an older state: the last one counts (reference 2.2). Others
 * are repeated on the next page.
 */
export function withDuplicates(page: Page, isDelta: boolean): Page {
  const value = page.value.flatMap((entry, at) => {
    if (at % 3 !== 0) return [entry];
    const older = isDelta && 'displayName' in entry ? { ...entry, displayName: OLD_NAME } : entry;
    return [older, entry];
  });
  return { ...page, value };
}

/** Shuffled, while the states of one object keep their order among themselves. */
export function shuffled(page: Page, random: Random): Page {
  const value = [...page.value];
  for (let at = value.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    const [here, there] = [value[at], value[other]];
    if (here === undefined || there === undefined) continue;
    value[at] = there;
    value[other] = here;
  }
  const states = Map.groupBy(page.value, idOf);
  return { ...page, value: value.map((entry) => states.get(idOf(entry))?.shift() ?? entry) };
}

/** An entry that the page can give to the next one: it occurs once, so that no older state overtakes a newer one. */
export function movable(page: Page): Entry | undefined {
  if (page['@odata.nextLink'] === undefined) return undefined;
  const states = Map.groupBy(page.value, idOf);
  return page.value.find((entry) => states.get(idOf(entry))?.length === 1);
}

export function withPhantomRemovals(page: Page, random: Random): Page {
  const phantom = (reason: string) => ({
    id: stableGuid(`phantom:${random.hex(8)}`),
    '@removed': { reason },
  });
  return { ...page, value: [phantom('changed'), ...page.value, phantom('deleted')] };
}

/** Every link of the page leads elsewhere; a page that had none gets one to follow. */
export function withForeignLinks(page: Page, here: string, host: string): Page {
  const elsewhere = (link: string) => {
    const url = new URL(link);
    return `https://${host}${url.pathname}${url.search}`;
  };
  const { '@odata.deltaLink': delta, '@odata.nextLink': next } = page;
  if (delta !== undefined) return { ...page, '@odata.deltaLink': elsewhere(delta) };
  return { ...page, '@odata.nextLink': elsewhere(next ?? here) };
}

export function withCircularLink(page: Page, here: string): Page {
  const { '@odata.deltaLink': _end, ...rest } = page;
  return { ...rest, '@odata.nextLink': here };
}
