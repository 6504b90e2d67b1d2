import type { CopiedItemRecord } from '@holdfast/application';
import { expect, test } from 'vitest';
import { copiedListsCsv } from './copied-lists-csv.ts';

const refused: CopiedItemRecord = {
  id: '1',
  source: 'content-filter',
  policy: 'Finance, "old"',
  kind: 'allow',
  raw: '=cmd()',
  type: null,
  value: null,
  forDomain: null,
  forUserId: null,
  outcome: 'refused',
  reason: 'No address.',
  expiresAt: null,
  copiedAt: Date.UTC(2026, 10, 25, 9),
};

async function* pages(...items: readonly CopiedItemRecord[]) {
  for (const one of items) yield await Promise.resolve([one]);
}

test('the record of the copy stays text in a spreadsheet, with what became of every entry', async () => {
  const taken = { type: 'domain-only', value: 'partner.example', outcome: 'copied' } as const;
  let text = '';
  for await (const piece of copiedListsCsv(pages(refused, { ...refused, ...taken }))) text += piece;
  const [title, first, second] = text.split('\r\n');
  expect(title).toBe(
    '\uFEFFsource,policy,kind,value_in_office_365,value_here,for_domain,outcome,reason,expires_at,copied_at',
  );
  expect(first).toBe(
    `content-filter,"Finance, ""old""",allow,'=cmd(),,,refused,No address.,,2026-11-25T09:00:00.000Z`,
  );
  expect(second).toContain(`,'=partner.example,,copied,`);
});
