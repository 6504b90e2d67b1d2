import { z } from 'zod';
import type { Random } from '../sample-mail/random.ts';
import { type Fault, type FaultKind, FAULT_KINDS, SERVICES } from './fault.ts';
import type { Call } from './rule.ts';

/** Long enough to overtake another answer, short enough for thousands of calls in a test. */
const LATE_MS = 20;

/** Any call may fail at any time: the likelihood for each call, and what may happen to it. */
export const chaos = z.object({
  seed: z.string().default('chaos'),
  probability: z.number().min(0).max(1),
  services: z.array(z.enum(SERVICES)).default(['login', 'graph', 'exchange', 'upload']),
  kinds: z.array(z.enum(FAULT_KINDS)).optional(),
});
export type Chaos = z.infer<typeof chaos>;

type Roll = (random: Random) => Fault;

const always: Roll[] = [
  (random) => busy(429, random),
  (random) => busy(503, random),
  (random) => busy(504, random),
  () => ({ kind: 'busy', status: 500, retryAfterAs: 'seconds' }),
  () => ({ kind: 'cut', when: 'before' }),
  () => ({ kind: 'cut', when: 'after' }),
  () => ({ kind: 'cut', when: 'in-body' }),
  () => ({ kind: 'html', status: 502 }),
  () => ({ kind: 'html', status: 200 }),
  () => ({ kind: 'late', milliseconds: LATE_MS }),
];
const withToken: Roll[] = [() => ({ kind: 'token-refused' })];
const lists: Roll[] = [
  (random) => ({ kind: 'empty-pages', pages: 1 + random.below(3) }),
  () => ({ kind: 'duplicates' }),
  () => ({ kind: 'out-of-order' }),
  () => ({ kind: 'pascal-case' }),
  () => ({ kind: 'near-limit', percentage: 0.9 }),
];
const deltas: Roll[] = [
  () => ({ kind: 'phantom-removals' }),
  (random) => ({ kind: 'gone', code: 'syncStateNotFound', location: random.below(2) === 0 }),
];
const batches: Roll[] = [(random) => ({ kind: 'missing-part', position: random.below(20) })];
const cmdlets: Roll[] = [() => ({ kind: 'wrong-types' })];

/** Half of the pauses are named, in both forms; short ones, since a test waits for them. */
function busy(status: number, random: Random): Fault {
  const retryAfterAs = random.below(2) === 0 ? 'seconds' : 'date';
  const named = random.below(2) === 0;
  return {
    kind: 'busy',
    status,
    retryAfterAs,
    ...(named && { retryAfterSeconds: random.below(2) }),
  };
}

/** What happens to this call; undefined when it is spared. */
export function rollChaos(settings: Chaos, random: Random, call: Call): Fault | undefined {
  if (!settings.services.includes(call.service)) return undefined;
  if (random.next() >= settings.probability) return undefined;
  const allowed: readonly FaultKind[] = settings.kinds ?? FAULT_KINDS;
  const faults = [
    ...always,
    ...(['graph', 'exchange'].includes(call.service) ? [...withToken, ...lists] : []),
    ...(call.path.endsWith('/delta') ? deltas : []),
    ...(call.path === '/$batch' ? batches : []),
    ...(call.service === 'exchange' ? cmdlets : []),
  ]
    .map((roll) => roll(random))
    .filter((found) => allowed.includes(found.kind));
  return faults[random.below(faults.length)];
}
