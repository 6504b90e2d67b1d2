import {
  approveContact,
  coverage,
  endUserSessions,
  enterContact,
  listUsers,
  makeHelpdeskCode,
  readEnteredContacts,
  requestInfo,
  resetInfo,
  saveProtection,
  withdrawContact,
} from '@holdfast/application';
import {
  endSessionsInput,
  enterContactInput,
  enteredContactInput,
  enteredContactsInput,
  makeSignInCodeInput,
  requestInfoInput,
  resetInfoInput,
  saveProtectionInput,
  usersInput,
  type Coverage,
  type EnteredContactView,
  type ProtectionResult,
  type SignInCodeView,
  type UserPage,
} from '@holdfast/contracts';
import { presentCoverage } from '../presenters/coverage.ts';
import { toIso } from '../presenters/instant.ts';
import { presentEnteredContact, presentProtection, presentUserPage } from '../presenters/users.ts';
import { router, sessionProcedure } from './trpc.ts';

export const usersRouter = router({
  list: sessionProcedure.input(usersInput).query(async ({ ctx, input }): Promise<UserPage> => {
    return presentUserPage(await listUsers(ctx.ports, ctx.actor, input));
  }),

  coverage: sessionProcedure.query(async ({ ctx }): Promise<Coverage> => {
    return presentCoverage(await coverage(ctx.ports, ctx.actor));
  }),

  saveProtection: sessionProcedure
    .input(saveProtectionInput)
    .mutation(async ({ ctx, input }): Promise<ProtectionResult> => {
      return presentProtection(await saveProtection(ctx.ports, ctx.actor, input));
    }),

  requestInfo: sessionProcedure
    .input(requestInfoInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly asked: number }> => {
      return requestInfo(ctx.ports, ctx.actor, input);
    }),

  resetInfo: sessionProcedure
    .input(resetInfoInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
      await resetInfo(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),

  enteredContacts: sessionProcedure
    .input(enteredContactsInput)
    .query(async ({ ctx, input }): Promise<readonly EnteredContactView[]> => {
      return (await readEnteredContacts(ctx.ports, ctx.actor, input)).map(presentEnteredContact);
    }),

  enterContact: sessionProcedure
    .input(enterContactInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
      await enterContact(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),

  approveContact: sessionProcedure
    .input(enteredContactInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
      await approveContact(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),

  withdrawContact: sessionProcedure
    .input(enteredContactInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
      await withdrawContact(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),

  makeSignInCode: sessionProcedure
    .input(makeSignInCodeInput)
    .mutation(async ({ ctx, input }): Promise<SignInCodeView> => {
      const { code, expiresAt } = await makeHelpdeskCode(ctx.ports, ctx.actor, input);
      return { code, expiresAt: toIso(expiresAt) };
    }),

  endSessions: sessionProcedure
    .input(endSessionsInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ended: number }> => {
      return endUserSessions(ctx.ports, ctx.actor, input);
    }),
});
