import { Refusal } from '@holdfast/application';
import { initTRPC } from '@trpc/server';
import type { AdminContext } from '../context.ts';
import { formatError, toTrpcError } from '../error-shape.ts';
import { refusalOf } from '../refusal-of.ts';

// `isDev` off, always: it would send stack traces to clients.
const t = initTRPC.context<AdminContext>().create({ errorFormatter: formatError, isDev: false });

export const router = t.router;

/** Whatever a procedure throws leaves as a refusal. */
const boundary = t.middleware(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  throw toTrpcError(refusalOf(result.error, ctx.ports));
});

/** For everyone, signed in or not. */
export const openProcedure = t.procedure.use(boundary);

/** For administrators; `ctx.actor` is one. */
export const sessionProcedure = openProcedure.use(({ ctx, next }) => {
  const { actor } = ctx;
  if (actor === null) {
    throw toTrpcError(new Refusal('session.required', 'Sign in to go on.'));
  }
  return next({ ctx: { actor } });
});
