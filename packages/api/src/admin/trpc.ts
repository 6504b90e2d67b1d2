import { notAllowed, Refusal } from '@holdfast/application';
import { mayDo } from '@holdfast/domain';
import { initTRPC } from '@trpc/server';
import type { AdminContext } from '../context.ts';
import { formatError, toTrpcError } from '../error-shape.ts';
import { refusalOf } from '../refusal-of.ts';
import { PROCEDURE_DUTIES } from './procedure-duties.ts';

// `isDev` off, always: it would send stack traces to clients.
const t = initTRPC
  .context<AdminContext>()
  .create({ errorFormatter: (failure) => formatError(failure), isDev: false });

export const router = t.router;

/** Whatever a procedure throws leaves as a refusal. */
const boundary = t.middleware(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  throw toTrpcError(refusalOf(result.error, ctx.ports));
});

/** For everyone, signed in or not. */
export const openProcedure = t.procedure.use(boundary);

/** For administrators whose role includes it; `ctx.actor` is one. */
export const sessionProcedure = openProcedure.use(({ ctx, next, path }) => {
  const { actor } = ctx;
  if (actor === null) {
    throw toTrpcError(new Refusal('session.required', 'Sign in to go on.'));
  }
  const duty = PROCEDURE_DUTIES[path];
  // Not in the table: nobody has decided, and so it is open to nobody.
  if (duty === undefined || duty === null || !mayDo(actor.role, duty))
    throw toTrpcError(notAllowed(actor.role));
  return next({ ctx: { actor } });
});
