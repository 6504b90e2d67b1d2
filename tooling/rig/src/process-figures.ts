import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second towards user space, whatever the kernel's own tick (`man 5 proc`). */
const TICKS_PER_SECOND = 100;

/** CPU time of a process and its threads so far. Unit: seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold anything; utime and stime are fields 14 and 15, state after it being 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Most memory the process ever held. Unit: bytes. */
export function peakMemory(pid: number): number {
  return kilobytes(pid, 'VmHWM') * 1024;
}

/** Memory the process holds now. Unit: bytes. */
export function residentMemory(pid: number): number {
  return kilobytes(pid, 'VmRSS') * 1024;
}

function kilobytes(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const found = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status);
  if (found === null) throw new Error(`/proc/${pid}/status has no ${name}`);
  return Number(found[1]);
}
