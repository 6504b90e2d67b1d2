import { Refusal } from '@holdfast/application';
import { initTRPC } from '@trpc/server';
import type { PortalContext } from '../context.ts';
import { formatError, toTrpcError } from '../error-shape.ts';
import { refusalOf } from '../refusal-of.ts';

// `isDev` off, always: it would send stack traces to clients.
const t = initTRPC.context<PortalContext>().create({
  errorFormatter: (failure) => formatError(failure, failure.ctx?.language),
  isDev: false,
});

export const router = t.router;

/** Whatever a procedure throws leaves as a refusal. */
const boundary = t.middleware(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  throw toTrpcError(refusalOf(result.error, ctx.ports));
});

/** For everyone, signed in or not. */
export const openProcedure = t.procedure.use(boundary);

/** For signed-in users, those with a temporary password included; `ctx.actor` is one. */
export const sessionProcedure = openProcedure.use(({ ctx, next }) => {
  const { actor } = ctx;
  if (actor === null) throw toTrpcError(new Refusal('session.required', 'Sign in to go on.'));
  return next({ ctx: { actor } });
});

/** For users with a password of their own: everything that shows or sends mail. */
export const mailboxProcedure = sessionProcedure.use(({ ctx, next }) => {
  if (ctx.mustChoosePassword) {
    throw toTrpcError(
      new Refusal(
        'session.must-choose-password',
        'Choose a password of your own first: the one we sent you works only once.',
      ),
    );
  }
  return next();
});
