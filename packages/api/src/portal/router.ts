import { initTRPC } from '@trpc/server';
import {
  choosePasswordInput,
  itemInput,
  mailboxPageInput,
  moveInput,
  peopleInput,
  portalSignInInput,
  sendInput,
  setReadInput,
} from '@holdfast/contracts';
import type {
  FolderView,
  MailboxPage,
  MessageView,
  Party,
  PortalState,
  SendResult,
} from '@holdfast/contracts';
import type { PortalContext } from '../context.ts';

const t = initTRPC.context<PortalContext>().create();

function unwired(): Promise<never> {
  return Promise.reject(new Error('not wired'));
}

export function createPortalRouter() {
  return t.router({
    session: t.router({
      state: t.procedure.query((): Promise<PortalState> => unwired()),
      signIn: t.procedure.input(portalSignInInput).mutation((): Promise<PortalState> => unwired()),
      choosePassword: t.procedure
        .input(choosePasswordInput)
        .mutation((): Promise<PortalState> => unwired()),
      signOut: t.procedure.mutation((): Promise<PortalState> => unwired()),
    }),
    mailbox: t.router({
      folders: t.procedure.query((): Promise<readonly FolderView[]> => unwired()),
      list: t.procedure.input(mailboxPageInput).query((): Promise<MailboxPage> => unwired()),
      read: t.procedure.input(itemInput).query((): Promise<MessageView> => unwired()),
      setRead: t.procedure
        .input(setReadInput)
        .mutation((): Promise<{ readonly ok: true }> => unwired()),
      move: t.procedure.input(moveInput).mutation((): Promise<{ readonly ok: true }> => unwired()),
      send: t.procedure.input(sendInput).mutation((): Promise<SendResult> => unwired()),
    }),
    people: t.router({
      search: t.procedure.input(peopleInput).query((): Promise<readonly Party[]> => unwired()),
    }),
  });
}

export type PortalRouter = ReturnType<typeof createPortalRouter>;
