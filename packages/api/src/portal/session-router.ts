import {
  addPasskey,
  chooseLanguage,
  choosePassword,
  findUserSession,
  offerPasskey,
  readPortalState,
  requestPasskey,
  requestWayIn,
  signInUser,
  signOutUser,
  usePasskey,
  useWayIn,
  type PasskeyJson,
  type UserActor,
  type UserSession,
  type Visitor,
} from '@holdfast/application';
import {
  chooseLanguageInput,
  choosePasswordInput,
  passkeyAnswerInput,
  portalSignInInput,
  requestWayInInput,
  useWayInInput,
  type PortalState,
} from '@holdfast/contracts';
import type { PortalContext } from '../context.ts';
import { presentPortalState } from '../presenters/portal-state.ts';
import { openProcedure, router, sessionProcedure } from './trpc.ts';

/** A choice made on another device holds here from now on. */
async function stateOf(
  ctx: Pick<PortalContext, 'ports' | 'language' | 'setLanguage'>,
  actor: UserActor | null,
  mustChoosePassword: boolean,
): Promise<PortalState> {
  const { language, ports } = ctx;
  const model = await readPortalState(ports, actor);
  if (model.language !== null && model.language !== language) ctx.setLanguage(model.language);
  return presentPortalState(model, {
    mustChoosePassword,
    passkeys: ports.passkeys.possible,
    demo: ports.settings.demo,
  });
}

function visitorOf({ ip, userAgent }: PortalContext): Visitor {
  return { ip, userAgent };
}

/** The session that this request came with, if any, must not outlive a sign-in as someone else. */
async function enter(ctx: PortalContext, opened: UserSession): Promise<PortalState> {
  if (ctx.sessionToken !== null) await signOutUser(ctx.ports, { token: ctx.sessionToken });
  ctx.startSession(opened.token, opened.expiresAt);
  const session = await findUserSession(ctx.ports, { token: opened.token, ip: ctx.ip });
  return stateOf(ctx, session?.actor ?? null, session?.mustChoosePassword ?? false);
}

export const sessionRouter = router({
  state: openProcedure.query(async ({ ctx }): Promise<PortalState> => {
    return stateOf(ctx, ctx.actor, ctx.mustChoosePassword);
  }),

  signIn: openProcedure
    .input(portalSignInInput)
    .mutation(async ({ ctx, input }): Promise<PortalState> => {
      return enter(ctx, await signInUser(ctx.ports, { ...input, ...visitorOf(ctx) }));
    }),

  requestWayIn: openProcedure
    .input(requestWayInInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ticket: string }> => {
      return requestWayIn(ctx.ports, { ...input, ip: ctx.ip });
    }),

  useWayIn: openProcedure
    .input(useWayInInput)
    .mutation(async ({ ctx, input }): Promise<PortalState> => {
      return enter(ctx, await useWayIn(ctx.ports, { ...input, ...visitorOf(ctx) }));
    }),

  requestPasskey: openProcedure.mutation(async ({ ctx }): Promise<PasskeyJson> => {
    return requestPasskey(ctx.ports, { ip: ctx.ip });
  }),

  usePasskey: openProcedure
    .input(passkeyAnswerInput)
    .mutation(async ({ ctx, input }): Promise<PortalState> => {
      return enter(ctx, await usePasskey(ctx.ports, { ...input, ...visitorOf(ctx) }));
    }),

  offerPasskey: sessionProcedure.mutation(async ({ ctx }): Promise<PasskeyJson> => {
    return offerPasskey(ctx.ports, ctx.actor);
  }),

  addPasskey: sessionProcedure
    .input(passkeyAnswerInput)
    .mutation(async ({ ctx, input }): Promise<PortalState> => {
      const { userAgent } = ctx;
      await addPasskey(ctx.ports, ctx.actor, { ...input, userAgent });
      return stateOf(ctx, ctx.actor, false);
    }),

  chooseLanguage: sessionProcedure
    .input(chooseLanguageInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
      await chooseLanguage(ctx.ports, ctx.actor, input);
      ctx.setLanguage(input.language);
      return { ok: true };
    }),

  choosePassword: sessionProcedure
    .input(choosePasswordInput)
    .mutation(async ({ ctx, input }): Promise<PortalState> => {
      await choosePassword(ctx.ports, ctx.actor, input);
      return stateOf(ctx, ctx.actor, false);
    }),

  signOut: openProcedure.mutation(async ({ ctx }): Promise<PortalState> => {
    if (ctx.sessionToken !== null) await signOutUser(ctx.ports, { token: ctx.sessionToken });
    ctx.endSession();
    return stateOf(ctx, null, false);
  }),
});
