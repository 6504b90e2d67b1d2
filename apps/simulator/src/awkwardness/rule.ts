import { z } from 'zod';
import { fault, SERVICES, type Service } from './fault.ts';

/** One call as the rules see it. */
export interface Call {
  readonly service: Service;
  readonly method: string;
  /** Below the service's base address, without the query. */
  readonly path: string;
  /** Name of the cmdlet of an Exchange call. */
  readonly cmdlet: string | undefined;
}

export const rule = z.object({
  service: z.enum(SERVICES).optional(),
  method: z.string().optional(),
  /** `*` stands for one segment or a part of it, `**` for anything at all. */
  path: z.string().optional(),
  cmdlet: z.string().optional(),
  /** Which of the matching calls, counted from 1; all when absent. Each request inside a `$batch` counts as a call. */
  calls: z.array(z.number().int().min(1)).optional(),
  /** Every n-th of the matching calls. */
  every: z.number().int().min(1).optional(),
  /** How likely a matching call is hit, 0 to 1; from the seed, so that a run can be repeated. */
  probability: z.number().min(0).max(1).optional(),
  fault,
});
export type Rule = z.infer<typeof rule>;
/** A rule as it is written, before defaults. */
export type RuleInput = z.input<typeof rule>;

export function matches(wanted: Rule, call: Call): boolean {
  return (
    (wanted.service === undefined || wanted.service === call.service) &&
    (wanted.method === undefined || wanted.method.toUpperCase() === call.method) &&
    (wanted.path === undefined || pattern(wanted.path).test(call.path)) &&
    (wanted.cmdlet === undefined || wanted.cmdlet.toLowerCase() === call.cmdlet?.toLowerCase())
  );
}

function pattern(path: string): RegExp {
  const source = path
    .split(/(\*\*?)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`, 'i');
}
