import type { CopiedLists } from '@holdfast/application';
import { z } from 'zod';

export type CopiedEntry = CopiedLists['entries'][number];

/**
 * List items come as strings or as objects (`{"Sender":{"Address":"a@b"}}`, `{"Domain":"b"}`), depending on how the
 * cmdlet was serialised; a list of one may come without its array.
 */
const item = z.unknown().transform((value) => textOf(value, 0));
const items = z
  .union([
    z.array(item),
    z.string().transform((value) => value.split(',').map((part) => part.trim())),
  ])
  .nullish()
  .transform((values) => (values ?? []).filter((value): value is string => Boolean(value)));

/** Properties that carry the value, outermost first. */
const VALUE_NAMES = ['Sender', 'Domain', 'Address', 'Value', 'Name'];

function textOf(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value.trim().toLowerCase();
  if (typeof value !== 'object' || value === null || depth > 3) return null;
  const record: Readonly<Record<string, unknown>> = { ...value };
  for (const name of VALUE_NAMES) {
    const text = textOf(record[name], depth + 1);
    if (text) return text;
  }
  return null;
}

const name = z
  .string()
  .nullish()
  .transform((value) => value ?? 'Default');

export const contentPolicy = z.object({
  Name: name,
  AllowedSenders: items,
  AllowedSenderDomains: items,
  BlockedSenders: items,
  BlockedSenderDomains: items,
});

export const connectionPolicy = z.object({ Name: name, IPAllowList: items, IPBlockList: items });

export const tenantListItem = z.object({
  Value: z.string(),
  Action: z.string().transform((value) => value.toLowerCase()),
  ExpirationDate: z.string().nullish(),
});

export function fromContentPolicy(policy: z.infer<typeof contentPolicy>): readonly CopiedEntry[] {
  const where = `Anti-spam policy "${policy.Name}"`;
  return [
    ...entries('allow', policy.AllowedSenders, `${where}, allowed senders`),
    ...entries('allow', policy.AllowedSenderDomains, `${where}, allowed domains`),
    ...entries('block', policy.BlockedSenders, `${where}, blocked senders`),
    ...entries('block', policy.BlockedSenderDomains, `${where}, blocked domains`),
  ];
}

export function fromConnectionPolicy(
  policy: z.infer<typeof connectionPolicy>,
): readonly CopiedEntry[] {
  const where = `Connection filter policy "${policy.Name}"`;
  return [
    ...entries('allow', policy.IPAllowList, `${where}, allowed IP addresses`),
    ...entries('block', policy.IPBlockList, `${where}, blocked IP addresses`),
  ];
}

/** Expired entries are left out: Office 365 has stopped to apply them. */
export function fromTenantList(
  rows: readonly z.infer<typeof tenantListItem>[],
  source: string,
  now: number,
): readonly CopiedEntry[] {
  return rows
    .filter((row) => !row.ExpirationDate || !(Date.parse(row.ExpirationDate) <= now))
    .flatMap((row) => {
      if (row.Action === 'allow') return entries('allow', [row.Value.trim().toLowerCase()], source);
      return row.Action === 'block'
        ? entries('block', [row.Value.trim().toLowerCase()], source)
        : [];
    });
}

function entries(
  kind: CopiedEntry['kind'],
  values: readonly string[],
  source: string,
): readonly CopiedEntry[] {
  return values.map((value) => ({ kind, value, source }));
}

/** The same value from two places is one entry; the first source is kept. */
export function withoutRepeats(all: readonly CopiedEntry[]): readonly CopiedEntry[] {
  const found = new Map<string, CopiedEntry>();
  for (const entry of all) {
    const key = `${entry.kind} ${entry.value}`;
    if (!found.has(key)) found.set(key, entry);
  }
  return [...found.values()];
}
