import { z } from 'zod';

/** Services that can be awkward; `upload` is where attachments are sent without a token. */
export const SERVICES = ['login', 'graph', 'exchange', 'upload'] as const;
export type Service = (typeof SERVICES)[number];

const MAX_LATE_MS = 300_000;
const MAX_EMPTY_PAGES = 1000;

const status = (least: number) => z.number().int().min(least).max(599);
const only = <Kind extends string>(kind: Kind) => z.object({ kind: z.literal(kind) });

/** What may go wrong with one call. Those of the first group answer in place of the service, the others change its answer. */
export const fault = z.discriminatedUnion('kind', [
  /** 429, 503, 504 and their like; `Retry-After` in seconds or as an HTTP date, or not at all. */
  z.object({
    kind: z.literal('busy'),
    status: status(429).default(429),
    retryAfterSeconds: z.number().min(0).optional(),
    retryAfterAs: z.enum(['seconds', 'date']).default('seconds'),
  }),
  /** Any other refusal. `padded`: NUL bytes around the body, as Exchange does with its 403 (reference 3.1). */
  z.object({
    kind: z.literal('refused'),
    status: status(400),
    code: z.string().default('BadRequest'),
    message: z.string().default('The request was refused.'),
    padded: z.boolean().default(false),
  }),
  /** 401, as for a token that was revoked before it expired. */
  only('token-refused'),
  /** 410 of a delta query whose token is too old. `location`: with the address to start again from. */
  z.object({
    kind: z.literal('gone'),
    code: z.enum(['syncStateNotFound', 'resyncRequired']).default('syncStateNotFound'),
    location: z.boolean().default(false),
  }),
  /** A gateway's page instead of JSON; with status 200 it even looks like success. */
  z.object({ kind: z.literal('html'), status: status(200).default(502) }),
  /**
   * The connection ends: before anything was done, after everything was done but before a word was said, or in the
   * middle of the body.
   */
  z.object({ kind: z.literal('cut'), when: z.enum(['before', 'after', 'in-body']) }),

  z.object({ kind: z.literal('late'), milliseconds: z.number().int().min(0).max(MAX_LATE_MS) }),
  /** Pages without an entry that lead on all the same, before the real one. */
  z.object({
    kind: z.literal('empty-pages'),
    pages: z.number().int().min(1).max(MAX_EMPTY_PAGES).default(1),
  }),
  /** Objects again on the same and on the next page; in delta queries with an older state first. */
  only('duplicates'),
  /** Shuffled pages, and one entry that moves to the next page. */
  only('out-of-order'),
  /** Removals of what nobody has ever seen, the first round included (reference 2.2). */
  only('phantom-removals'),
  /** Links to another host, which must not be followed. */
  z.object({ kind: z.literal('foreign-link'), host: z.string().default('graph.attacker.example') }),
  /** A next page that is this page. */
  only('circular-link'),
  /** Values of enumerations in PascalCase, as in Microsoft's own samples (reference 4.1). */
  only('pascal-case'),
  /** Lists of strings as objects and the other way round, lists of one without the list (reference 3.3). */
  only('wrong-types'),
  /** A `$batch` whose answer leaves out one of the requests. */
  z.object({ kind: z.literal('missing-part'), position: z.number().int().min(0).default(0) }),
  /** Success, with the headers that say the limit is near (reference 2.6). */
  z.object({ kind: z.literal('near-limit'), percentage: z.number().min(0).max(2).default(0.9) }),
]);
export type Fault = z.infer<typeof fault>;

export const FAULT_KINDS = fault.options.map((option) => option.shape.kind.value);
export type FaultKind = Fault['kind'];
