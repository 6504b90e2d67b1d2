import type { Log } from '@holdfast/application';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Remembers every line, those of its children with their fields included. */
export interface FakeLog extends Log {
  readonly lines: readonly LogLine[];
}

export function createFakeLog(): FakeLog {
  const lines: LogLine[] = [];
  return { lines, ...writer(lines, {}) };
}

function writer(lines: LogLine[], own: Readonly<Record<string, unknown>>): Log {
  const write =
    (level: LogLine['level']): Log['info'] =>
    (message, fields = {}) => {
      lines.push({ level, message, fields: { ...own, ...fields } });
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => writer(lines, { ...own, ...fields }),
  };
}
