export interface OutputOptions {
  readonly json?: boolean;
}

/** One JSON value on stdout with `--json`; else the lines. */
export function print(
  options: OutputOptions,
  value: unknown,
  lines: () => readonly string[],
): void {
  const text = options.json === true ? JSON.stringify(value, null, 2) : lines().join('\n');
  if (text !== '') process.stdout.write(`${text}\n`);
}

/** Columns of equal width; the last one is free. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [headings, ...rows].map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
