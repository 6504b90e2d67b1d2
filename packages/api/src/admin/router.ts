import { initTRPC } from '@trpc/server';
import {
  addListEntriesInput,
  connectInput,
  domainInput,
  endEventInput,
  eventPreviewInput,
  installInput,
  removeListEntriesInput,
  requestInfoInput,
  saveFilterModeInput,
  saveProtectionInput,
  setUpInput,
  signInInput,
  startEventInput,
  usersInput,
} from '@holdfast/contracts';
import type {
  AdminSession,
  ConnectionView,
  Coverage,
  DirectoryState,
  DomainView,
  EventPreview,
  EventState,
  EventView,
  InstallationReview,
  InstallationState,
  ListsView,
  Overview,
  ProtectionResult,
  SyncRunView,
  UserPage,
} from '@holdfast/contracts';
import type { AdminContext } from '../context.ts';

const t = initTRPC.context<AdminContext>().create();

function unwired(): Promise<never> {
  return Promise.reject(new Error('not wired'));
}

export function createAdminRouter() {
  return t.router({
    session: t.router({
      me: t.procedure.query((): Promise<AdminSession | null> => unwired()),
      signIn: t.procedure
        .input(signInInput)
        .mutation((): Promise<{ readonly ok: true }> => unwired()),
      setUp: t.procedure
        .input(setUpInput)
        .mutation((): Promise<{ readonly ok: true }> => unwired()),
      signOut: t.procedure.mutation((): Promise<{ readonly ok: true }> => unwired()),
    }),
    overview: t.router({
      get: t.procedure.query((): Promise<Overview> => unwired()),
    }),
    connection: t.router({
      get: t.procedure.query((): Promise<ConnectionView> => unwired()),
      connect: t.procedure.input(connectInput).mutation((): Promise<ConnectionView> => unwired()),
      check: t.procedure.mutation((): Promise<ConnectionView> => unwired()),
    }),
    directory: t.router({
      state: t.procedure.query((): Promise<DirectoryState> => unwired()),
      refresh: t.procedure.mutation((): Promise<SyncRunView> => unwired()),
    }),
    installation: t.router({
      state: t.procedure.query((): Promise<InstallationState> => unwired()),
      review: t.procedure.input(installInput).query((): Promise<InstallationReview> => unwired()),
      install: t.procedure
        .input(installInput)
        .mutation((): Promise<InstallationState> => unwired()),
      retry: t.procedure.mutation((): Promise<InstallationState> => unwired()),
    }),
    users: t.router({
      list: t.procedure.input(usersInput).query((): Promise<UserPage> => unwired()),
      coverage: t.procedure.query((): Promise<Coverage> => unwired()),
      saveProtection: t.procedure
        .input(saveProtectionInput)
        .mutation((): Promise<ProtectionResult> => unwired()),
      requestInfo: t.procedure
        .input(requestInfoInput)
        .mutation((): Promise<{ readonly asked: number }> => unwired()),
    }),
    domains: t.router({
      list: t.procedure.query((): Promise<readonly DomainView[]> => unwired()),
      check: t.procedure.input(domainInput).mutation((): Promise<DomainView> => unwired()),
      saveFilterMode: t.procedure
        .input(saveFilterModeInput)
        .mutation((): Promise<DomainView> => unwired()),
    }),
    security: t.router({
      lists: t.procedure.query((): Promise<ListsView> => unwired()),
      add: t.procedure.input(addListEntriesInput).mutation((): Promise<ListsView> => unwired()),
      remove: t.procedure
        .input(removeListEntriesInput)
        .mutation((): Promise<ListsView> => unwired()),
    }),
    event: t.router({
      state: t.procedure.query((): Promise<EventState> => unwired()),
      preview: t.procedure.input(eventPreviewInput).query((): Promise<EventPreview> => unwired()),
      start: t.procedure.input(startEventInput).mutation((): Promise<EventView> => unwired()),
      undo: t.procedure.mutation((): Promise<EventView> => unwired()),
      end: t.procedure.input(endEventInput).mutation((): Promise<EventView> => unwired()),
    }),
  });
}

export type AdminRouter = ReturnType<typeof createAdminRouter>;
