import {
  alwaysShowPictures,
  listFolders,
  listMailbox,
  listOwnFolders,
  moveItems,
  readAll,
  readConversation,
  readMessage,
  searchMailbox,
  sendMessage,
  setFlagged,
  setRead,
  undoSend,
} from '@holdfast/application';
import {
  alwaysShowPicturesInput,
  itemInput,
  mailboxPageInput,
  mailboxSearchInput,
  moveInput,
  readAllInput,
  sendInput,
  setFlaggedInput,
  setReadInput,
  undoSendInput,
  type FolderView,
  type OwnFolderView,
  type MailboxFound,
  type MailboxPage,
  type MailboxRow,
  type ReadAllResult,
  type MessageView,
  type SendResult,
  type UndoneDraft,
} from '@holdfast/contracts';
import { toIso, toIsoOrNull } from '../presenters/instant.ts';
import { readCursor, readSearchCursor } from '../presenters/portal-cursor.ts';
import {
  presentConversation,
  presentFound,
  presentMailboxPage,
} from '../presenters/portal-mailbox.ts';
import { presentMessage } from '../presenters/portal-message.ts';
import { presentUndone } from '../presenters/portal-undone.ts';
import { mailboxProcedure, router } from './trpc.ts';

interface Done {
  readonly ok: true;
}

export const mailboxRouter = router({
  folders: mailboxProcedure.query(async ({ ctx }): Promise<readonly FolderView[]> => {
    return listFolders(ctx.ports, ctx.actor);
  }),

  ownFolders: mailboxProcedure.query(async ({ ctx }): Promise<readonly OwnFolderView[]> => {
    return listOwnFolders(ctx.ports, ctx.actor);
  }),

  list: mailboxProcedure
    .input(mailboxPageInput)
    .query(async ({ ctx, input }): Promise<MailboxPage> => {
      const { folder, grouped, limit } = input;
      const before = readCursor(input.cursor ?? null);
      return presentMailboxPage(
        await listMailbox(ctx.ports, ctx.actor, { folder, grouped, limit, before }),
      );
    }),

  conversation: mailboxProcedure
    .input(itemInput)
    .query(async ({ ctx, input }): Promise<readonly MailboxRow[]> => {
      return presentConversation(await readConversation(ctx.ports, ctx.actor, input));
    }),

  search: mailboxProcedure
    .input(mailboxSearchInput)
    .query(async ({ ctx, input }): Promise<MailboxFound> => {
      const { query, zone, limit } = input;
      const before = readSearchCursor(input.cursor ?? null);
      return presentFound(
        await searchMailbox(ctx.ports, ctx.actor, { query, zone, limit, before }),
      );
    }),

  read: mailboxProcedure.input(itemInput).query(async ({ ctx, input }): Promise<MessageView> => {
    return presentMessage(await readMessage(ctx.ports, ctx.actor, input), ctx.language);
  }),

  alwaysShowPictures: mailboxProcedure
    .input(alwaysShowPicturesInput)
    .mutation(async ({ ctx, input }): Promise<Done> => {
      await alwaysShowPictures(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),

  setRead: mailboxProcedure.input(setReadInput).mutation(async ({ ctx, input }): Promise<Done> => {
    await setRead(ctx.ports, ctx.actor, input);
    return { ok: true };
  }),

  setFlagged: mailboxProcedure
    .input(setFlaggedInput)
    .mutation(async ({ ctx, input }): Promise<Done> => {
      await setFlagged(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),

  readAll: mailboxProcedure
    .input(readAllInput)
    .mutation(async ({ ctx, input }): Promise<ReadAllResult> => {
      const undoOf = input.undoOf === null ? null : Date.parse(input.undoOf);
      const { count, at } = await readAll(ctx.ports, ctx.actor, { folder: input.folder, undoOf });
      return { count, at: toIso(at) };
    }),

  move: mailboxProcedure.input(moveInput).mutation(async ({ ctx, input }): Promise<Done> => {
    await moveItems(ctx.ports, ctx.actor, input);
    return { ok: true };
  }),

  send: mailboxProcedure.input(sendInput).mutation(async ({ ctx, input }): Promise<SendResult> => {
    const sent = await sendMessage(ctx.ports, ctx.actor, {
      ...input,
      writtenAt: input.writtenAt === null ? null : Date.parse(input.writtenAt),
    });
    return { messageId: sent.messageId, undoUntil: toIsoOrNull(sent.undoUntil) };
  }),

  undoSend: mailboxProcedure
    .input(undoSendInput)
    .mutation(async ({ ctx, input }): Promise<UndoneDraft> => {
      return presentUndone(await undoSend(ctx.ports, ctx.actor, input));
    }),
});
