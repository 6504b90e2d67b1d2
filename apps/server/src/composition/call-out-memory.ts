import { appendFileSync, readFileSync } from 'node:fs';
import type { CallOutMemory, Log } from '@holdfast/application';

/** Most addresses that are remembered; the oldest go first. */
const MOST_ADDRESSES = 100_000;

/** One JSON line per yes of Office 365, so that a restart in an outage still knows them. A lost line costs a question. */
export function createCallOutMemory(file: string, log: Log): CallOutMemory {
  const known = readLines(file);
  return {
    until: (address) => known.get(address) ?? null,
    remember(address, until) {
      known.delete(address);
      known.set(address, until);
      const [oldest] = known.keys();
      if (known.size > MOST_ADDRESSES && oldest !== undefined) known.delete(oldest);
      try {
        appendFileSync(file, `${JSON.stringify({ address, until })}\n`, { mode: 0o600 });
      } catch (error) {
        log.warn('call-out answer not kept', { error: String(error) });
      }
    },
  };
}

function readLines(file: string): Map<string, number> {
  const known = new Map<string, number>();
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return known;
  }
  for (const line of text.split('\n')) {
    const entry = readLine(line);
    if (entry !== null) known.set(entry.address, entry.until);
  }
  return known;
}

function readLine(line: string): { readonly address: string; readonly until: number } | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('address' in value) || !('until' in value))
      return null;
    const { address, until } = value;
    return typeof address === 'string' && typeof until === 'number' ? { address, until } : null;
  } catch {
    // A torn last line of a process that was killed.
    return null;
  }
}
