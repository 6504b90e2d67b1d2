/** One system call as strace saw it; positions count the lines of the trace, so that they tell before from after. */
export interface SystemCall {
  readonly name: string;
  /** Path or socket that strace's `-y` gives for the first descriptor; null without one. */
  readonly file: string | null;
  /** The arguments as printed, strings as they were. */
  readonly text: string;
  readonly begun: number;
  /** Null for a call that had not come back when the trace ended. */
  readonly ended: number | null;
  /** It failed, or strace only pretended that it was made. */
  readonly failed: boolean;
}

/** What order is read from, with `-f -y` and strings in hexadecimal: a body may hold anything. */
export const STRACE_OPTIONS = [
  // The tracer stands aside, so that our child is the traced process and signals reach it.
  '-D',
  '-f',
  '-y',
  '-xx',
  '-e',
  'trace=openat,rename,renameat2,fdatasync,fsync,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg',
  '-s',
  '4000000',
] as const;

const UNFINISHED = /^(\d+)\s+(\w+)\((.*)<unfinished \.\.\.>$/s;
const RESUMED = /^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$/s;
const WHOLE = /^(\d+)\s+(\w+)\((.*)$/s;

/** Reads the output of `strace -f -y -xx -o`. Signals and exits are passed over. */
export function readTrace(trace: string): readonly SystemCall[] {
  const calls: SystemCall[] = [];
  const open = new Map<string, { name: string; text: string; begun: number }>();
  for (const [position, line] of trace.split('\n').entries()) {
    const unfinished = UNFINISHED.exec(line);
    if (unfinished !== null) {
      const [, thread = '', name = '', text = ''] = unfinished;
      open.set(thread, { name, text, begun: position });
      continue;
    }
    const resumed = RESUMED.exec(line);
    if (resumed !== null) {
      const [, thread = '', , rest = ''] = resumed;
      const started = open.get(thread);
      open.delete(thread);
      if (started === undefined) continue;
      calls.push(callOf(started.name, started.text + rest, started.begun, position));
      continue;
    }
    const whole = WHOLE.exec(line);
    if (whole === null) continue;
    const [, , name = '', text = ''] = whole;
    calls.push(callOf(name, text, position, position));
  }
  for (const { name, text, begun } of open.values()) calls.push(callOf(name, text, begun, null));
  return calls.toSorted((a, b) => a.begun - b.begun);
}

function callOf(name: string, raw: string, begun: number, ended: number | null): SystemCall {
  const text = decoded(raw);
  const result = /\) += (-?\d+|\?)/.exec(raw.slice(raw.lastIndexOf(')')))?.[1];
  return {
    name,
    // `openat` gives the path that it opened behind its result.
    file: (name === 'openat' ? /<([^>]*)>$/s : /^\d+<([^>]*)>/s).exec(text.trimEnd())?.[1] ?? null,
    text,
    begun,
    ended,
    failed: result === undefined || result.startsWith('-') || raw.includes('(INJECTED)'),
  };
}

function decoded(text: string): string {
  return text.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
