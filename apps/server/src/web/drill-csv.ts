import { presentDrillReport } from '@holdfast/api';
import type { DrillReportModel } from '@holdfast/application';
import type { DrillParticipantView } from '@holdfast/contracts';
import { csvField } from './users-csv.ts';

const COLUMNS: readonly (readonly [string, (row: DrillParticipantView) => string])[] = [
  ['name', (row) => row.name],
  ['address', (row) => row.address],
  ['stage', (row) => row.stage],
  ['told_by', (row) => row.reachedBy.join(' ')],
  ['login_delivered_at', (row) => row.reachedAt ?? ''],
  ['signed_in_at', (row) => row.signedInAt ?? ''],
  ['signed_in_by', (row) => row.signedInBy ?? ''],
  ['wrote_at', (row) => row.wroteAt ?? ''],
  ['detail', (row) => row.detail ?? ''],
];

/** One line for each participant; RFC 4180, with a byte order mark so that Excel reads UTF-8. */
export function drillCsv(model: DrillReportModel): string {
  const lines = [
    COLUMNS.map(([title]) => title),
    ...presentDrillReport(model).participants.map((row) => COLUMNS.map(([, value]) => value(row))),
  ];
  return `\uFEFF${lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('')}`;
}
