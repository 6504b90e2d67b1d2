import { presentCopiedItem } from '@holdfast/api';
import type { CopiedItemRecord } from '@holdfast/application';
import type { CopiedItemView } from '@holdfast/contracts';
import { csvField } from './users-csv.ts';

const COLUMNS: readonly (readonly [string, (item: CopiedItemView) => string])[] = [
  ['source', (item) => item.source],
  ['policy', (item) => item.policy],
  ['kind', (item) => item.kind],
  ['value_in_office_365', (item) => item.raw],
  ['value_here', (item) => item.value ?? ''],
  ['for_domain', (item) => item.forDomain ?? ''],
  ['outcome', (item) => item.outcome],
  ['reason', (item) => item.reason ?? ''],
  ['expires_at', (item) => item.expiresAt ?? ''],
  ['copied_at', (item) => item.copiedAt],
];

/** What became of each entry of Office 365. RFC 4180 piece by piece, with a byte order mark so that Excel reads UTF-8. */
export async function* copiedListsCsv(
  pages: AsyncIterable<readonly CopiedItemRecord[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${line(COLUMNS.map(([title]) => title))}`;
  for await (const items of pages) {
    yield items
      .map(presentCopiedItem)
      .map((item) => line(COLUMNS.map(([, value]) => value(item))))
      .join('');
  }
}

function line(values: readonly string[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}
