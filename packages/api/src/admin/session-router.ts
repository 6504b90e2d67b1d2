import {
  completeSetUp,
  joinAdministrators,
  readAdministratorSession,
  signInAdministrator,
  signOutAdministrator,
} from '@holdfast/application';
import { joinInput, setUpInput, signInInput, type AdminSession } from '@holdfast/contracts';
import { presentSession } from '../presenters/session.ts';
import { openProcedure, router, sessionProcedure } from './trpc.ts';

interface Done {
  readonly ok: true;
}

export const sessionRouter = router({
  me: openProcedure.query(async ({ ctx }): Promise<AdminSession | null> => {
    if (ctx.actor === null) return null;
    const reading = await readAdministratorSession(ctx.ports, ctx.actor);
    return presentSession(reading, ctx.ports.settings.demo);
  }),

  signIn: openProcedure.input(signInInput).mutation(async ({ ctx, input }): Promise<Done> => {
    const session = await signInAdministrator(ctx.ports, { ...input, ip: ctx.ip });
    ctx.startSession(session.token, session.expiresAt);
    return { ok: true };
  }),

  setUp: openProcedure.input(setUpInput).mutation(async ({ ctx, input }): Promise<Done> => {
    const session = await completeSetUp(ctx.ports, { ...input, ip: ctx.ip });
    ctx.startSession(session.token, session.expiresAt);
    return { ok: true };
  }),

  join: openProcedure.input(joinInput).mutation(async ({ ctx, input }): Promise<Done> => {
    const session = await joinAdministrators(ctx.ports, { ...input, ip: ctx.ip });
    ctx.startSession(session.token, session.expiresAt);
    return { ok: true };
  }),

  signOut: sessionProcedure.mutation(async ({ ctx }): Promise<Done> => {
    if (ctx.sessionToken !== null) {
      await signOutAdministrator(ctx.ports, ctx.actor, { token: ctx.sessionToken });
    }
    ctx.endSession();
    return { ok: true };
  }),
});
