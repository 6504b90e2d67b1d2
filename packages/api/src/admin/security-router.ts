import {
  addListEntries,
  addUserEntries,
  compareWithTenant,
  readCopiedItems,
  readListCopy,
  readLists,
  readUserLists,
  removeListEntries,
  removeUserEntries,
  requestUserCopy,
  takeFromTenant,
} from '@holdfast/application';
import {
  addListEntriesInput,
  addUserEntriesInput,
  copiedItemsInput,
  removeListEntriesInput,
  removeUserEntriesInput,
  takeFromTenantInput,
  userListsInput,
  type CopiedItemsView,
  type ListCopyView,
  type ListsView,
  type TenantComparisonView,
  type UserListsView,
} from '@holdfast/contracts';
import { fromIsoOrNull } from '../presenters/instant.ts';
import { presentCopiedItem, presentListCopy } from '../presenters/list-copy.ts';
import { presentLists, presentUserLists } from '../presenters/lists.ts';
import { presentComparison } from '../presenters/tenant-comparison.ts';
import { router, sessionProcedure } from './trpc.ts';

export const securityRouter = router({
  lists: sessionProcedure.query(async ({ ctx }): Promise<ListsView> => {
    return presentLists(await readLists(ctx.ports, ctx.actor));
  }),

  add: sessionProcedure
    .input(addListEntriesInput)
    .mutation(async ({ ctx, input }): Promise<ListsView> => {
      const expiresAt = fromIsoOrNull(input.expiresAt);
      return presentLists(await addListEntries(ctx.ports, ctx.actor, { ...input, expiresAt }));
    }),

  remove: sessionProcedure
    .input(removeListEntriesInput)
    .mutation(async ({ ctx, input }): Promise<ListsView> => {
      return presentLists(await removeListEntries(ctx.ports, ctx.actor, input));
    }),

  ofUser: sessionProcedure
    .input(userListsInput)
    .query(async ({ ctx, input }): Promise<UserListsView> => {
      return presentUserLists(await readUserLists(ctx.ports, ctx.actor, input));
    }),

  addForUser: sessionProcedure
    .input(addUserEntriesInput)
    .mutation(async ({ ctx, input }): Promise<UserListsView> => {
      const expiresAt = fromIsoOrNull(input.expiresAt);
      return presentUserLists(await addUserEntries(ctx.ports, ctx.actor, { ...input, expiresAt }));
    }),

  removeForUser: sessionProcedure
    .input(removeUserEntriesInput)
    .mutation(async ({ ctx, input }): Promise<UserListsView> => {
      return presentUserLists(await removeUserEntries(ctx.ports, ctx.actor, input));
    }),

  copy: sessionProcedure.query(async ({ ctx }): Promise<ListCopyView> => {
    return presentListCopy(await readListCopy(ctx.ports, ctx.actor));
  }),

  copyUsers: sessionProcedure.mutation(async ({ ctx }): Promise<ListCopyView> => {
    return presentListCopy(await requestUserCopy(ctx.ports, ctx.actor));
  }),

  copiedItems: sessionProcedure
    .input(copiedItemsInput)
    .query(async ({ ctx, input }): Promise<CopiedItemsView> => {
      const { rows, total } = await readCopiedItems(ctx.ports, ctx.actor, input);
      return { rows: rows.map(presentCopiedItem), total, offset: input.offset };
    }),

  /** Asks Office 365, hence no query: it is done when somebody wants it, and not again by itself. */
  compare: sessionProcedure.mutation(async ({ ctx }): Promise<TenantComparisonView> => {
    return presentComparison(await compareWithTenant(ctx.ports, ctx.actor));
  }),

  takeFromTenant: sessionProcedure
    .input(takeFromTenantInput)
    .mutation(async ({ ctx, input }): Promise<ListsView> => {
      const entries = input.entries.map((entry) => ({
        ...entry,
        expiresAt: fromIsoOrNull(entry.expiresAt),
      }));
      return presentLists(await takeFromTenant(ctx.ports, ctx.actor, { entries }));
    }),
});
