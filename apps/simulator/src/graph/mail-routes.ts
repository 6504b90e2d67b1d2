import express, { type Request, type Response, type Router } from 'express';
import { addAttachment, type AddedAttachment } from '../mailbox/add-attachment.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { MailFolder, StoredMessage } from '../mailbox/message.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { contactRoutes } from './contact-routes.ts';
import { messageDelta } from './message-delta.ts';
import { hasMailbox } from '../tenant/recipient.ts';
import type { World } from '../world.ts';
import { fromJson, fromMime, smallAttachment, update } from './create-message.ts';
import { noMailbox, pageRequest, storeUnavailable } from './directory-routes.ts';
import { filter } from './filter.ts';
import { badRequest, GraphError, itemNotFound, notFound } from './graph-error.ts';
import { page, textParameter } from './page.ts';
import {
  presentAttachments,
  presentFolder,
  presentHeaders,
  presentMessage,
} from './present-message.ts';
import { selection } from './select.ts';

const keepsId = (request: Request): boolean =>
  /IdType="?ImmutableId"?/i.test(request.get('prefer') ?? '');

/** Mail folders and messages of a user, shared mailbox, room or equipment. */
export function mailRoutes(router: Router, world: World): void {
  const routes = express.Router({ mergeParams: true });
  routes.use((_request, _response, next) => next(storeDown(world)));
  folderRoutes(routes, world);
  calendarRoutes(routes, (request) => mailbox(world, request));
  contactRoutes(routes, (request) => mailbox(world, request));
  messageRoutes(routes, world);
  router.use('/users/:user', routes);
}

/** The mailbox a request is about, by the `:user` of the address. */
function mailbox(world: World, request: Request): Mailbox {
  return openMailbox(world, String(request.params['user']));
}

function openMailbox(world: World, name: string): Mailbox {
  const user = world.directory.user(name);
  if (user === undefined) {
    throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${name}' is invalid.`);
  }
  const address = user.addresses[0];
  if (address === undefined || !hasMailbox(user)) throw noMailbox();
  return world.tenantMail.mailbox(address);
}

function storeDown(world: World): GraphError | undefined {
  if (!world.outage.mailboxesDown) return undefined;
  return world.outage.shape === 'mailbox'
    ? storeUnavailable()
    : new GraphError(503, 'ServiceUnavailable', 'The service is temporarily unavailable.');
}

function folderNamed(box: Mailbox, name: string | undefined): MailFolder {
  const folder = box.folder(name ?? '');
  if (folder === undefined) throw itemNotFound();
  return folder;
}

function messageNamed(box: Mailbox, id: string | undefined): StoredMessage {
  const message = box.message(id ?? '');
  if (message === undefined) throw itemNotFound();
  return message;
}

function folderRoutes(routes: Router, world: World): void {
  routes.get('/mailFolders', (request, response) => {
    const box = mailbox(world, request);
    const select = selection('mailFolder', request.query['$select']);
    const top = box.folders.filter(({ parentId }) => parentId === null);
    const items = top.map((folder) => select(presentFolder(box, folder)));
    response.json(page(pageRequest(world, request), items, 'mailFolders'));
  });
  routes.get('/mailFolders/:folder/childFolders', (request, response) => {
    const box = mailbox(world, request);
    const { id } = folderNamed(box, request.params.folder);
    const select = selection('mailFolder', request.query['$select']);
    const children = box.folders.filter(({ parentId }) => parentId === id);
    const items = children.map((folder) => select(presentFolder(box, folder)));
    response.json(page(pageRequest(world, request), items, 'mailFolders'));
  });
  routes.get('/mailFolders/:folder/messages/delta', async (request, response) => {
    const box = mailbox(world, request);
    const folder = folderNamed(box, request.params.folder);
    const found = messageDelta(box, folder, pageRequest(world, request), request.get('prefer'));
    const select = selection('message', found.select);
    const messages = await Promise.all(
      found.messages.map(async (message) => ({
        '@odata.type': '#microsoft.graph.message',
        ...select(await presentMessage(message, world.controlUrl())),
      })),
    );
    const removed = found.removed.map((id) => ({
      '@odata.type': '#microsoft.graph.message',
      id,
      '@removed': { reason: 'deleted' },
    }));
    response.json({ ...found.links, value: [...removed, ...messages] });
  });
  routes.post('/mailFolders', express.json(), (request, response) => {
    const box = mailbox(world, request);
    const name: unknown = request.body?.displayName;
    if (typeof name !== 'string' || name === '') throw badRequest('displayName is required.');
    if (box.folders.some((folder) => folder.displayName === name)) {
      throw new GraphError(409, 'ErrorFolderExists', 'A folder with this name already exists.');
    }
    response.status(201).json(presentFolder(box, box.addFolder(name)));
  });
  routes.get('/mailFolders/:folder', (request, response) => {
    const box = mailbox(world, request);
    const select = selection('mailFolder', request.query['$select']);
    response.json(select(presentFolder(box, folderNamed(box, request.params.folder))));
  });
  routes.get('/mailFolders/:folder/messages', async (request, response) => {
    const box = mailbox(world, request);
    await listMessages(world, request, response, folderNamed(box, request.params.folder).id);
  });
}

async function listMessages(world: World, request: Request, response: Response, folder?: string) {
  const found = wantedMessages(mailbox(world, request).messages(folder), request);
  const { value, ...links } = page(pageRequest(world, request), found, 'messages');
  const messages = await Promise.all(value.map((message) => full(world, request, message)));
  response.json({ ...links, value: messages });
}

const RECEIVED_WITHIN = /^receivedDateTime ge (\S+) and receivedDateTime le (\S+)$/;

/** By Message-ID; or by the time of receipt, the newest first, which `$orderby` must say then. */
function wantedMessages(
  messages: readonly StoredMessage[],
  request: Request,
): readonly StoredMessage[] {
  const within = RECEIVED_WITHIN.exec(textParameter(request.query, '$filter'));
  if (within === null) {
    const wanted = filter(request.query['$filter'], ['internetMessageId']);
    return messages.filter((message) => wanted({ internetMessageId: message.messageId }));
  }
  const [since, until] = [Date.parse(within[1] ?? ''), Date.parse(within[2] ?? '')];
  if (textParameter(request.query, '$orderby') !== 'receivedDateTime desc')
    throw badRequest('The restriction or sort order is too complex for this operation.');
  return messages
    .filter(({ receivedAt }) => receivedAt >= since && receivedAt <= until)
    .toSorted((a, b) => b.receivedAt - a.receivedAt);
}

/** A message with what `$select` and `$expand` ask for. */
async function full(world: World, request: Request, message: StoredMessage) {
  const select = selection('message', request.query['$select']);
  const expand = textParameter(request.query, '$expand');
  const object = { ...(await presentMessage(message, world.controlUrl())) };
  if (textParameter(request.query, '$select').includes('internetMessageHeaders')) {
    object['internetMessageHeaders'] = await presentHeaders(message);
  }
  const shown = { ...select(object) };
  if (expand === 'attachments') shown['attachments'] = await presentAttachments(message);
  if (expand.startsWith('singleValueExtendedProperties')) {
    const ids = [...expand.matchAll(/id eq '((?:[^']|'')*)'/g)].map((match) => match[1]);
    const asked = message.extendedProperties.filter((property) => ids.includes(property.id));
    if (asked.length > 0) shown['singleValueExtendedProperties'] = asked;
  } else if (expand !== '' && expand !== 'attachments') {
    throw badRequest(`$expand=${expand} is not supported.`);
  }
  return shown;
}

function attach(box: Mailbox, message: StoredMessage, attachment: AddedAttachment): void {
  message.raw = addAttachment(message.raw, attachment);
  message.modifiedAt = Date.now();
  box.touch(message);
}

function messageRoutes(routes: Router, world: World): void {
  const create = async (request: Request, response: Response, folder: string) => {
    const box = mailbox(world, request);
    const given =
      typeof request.body === 'string' ? fromMime(request.body) : fromJson(request.body);
    const message = await box.store(folderNamed(box, folder).id, await given);
    response.status(201).json(await full(world, request, message));
  };
  routes.get('/messages', (request, response) => listMessages(world, request, response));
  routes.post('/messages', (request, response) => create(request, response, 'drafts'));
  routes.post('/mailFolders/:folder/messages', (request, response) =>
    create(request, response, request.params.folder),
  );
  routes.get('/messages/:id', async (request, response) => {
    response.json(
      await full(world, request, messageNamed(mailbox(world, request), request.params.id)),
    );
  });
  routes.get('/messages/:id/attachments', async (request, response) => {
    const items = await presentAttachments(
      messageNamed(mailbox(world, request), request.params.id),
    );
    response.json(page(pageRequest(world, request), items, 'attachments'));
  });
  routes.post('/messages/:id/attachments', async (request, response) => {
    const box = mailbox(world, request);
    const message = messageNamed(box, request.params.id);
    attach(box, message, smallAttachment(request.body));
    const added = (await presentAttachments(message)).at(-1);
    response.status(201).json(added);
  });
  routes.post('/messages/:id/attachments/createUploadSession', (request, response) => {
    const box = mailbox(world, request);
    const message = messageNamed(box, request.params.id);
    const session = world.uploads.create(request.body, world.controlUrl(), (attachment) =>
      attach(box, message, attachment),
    );
    response.status(201).json(session);
  });
  // Express 5 takes `$` literally.
  routes.get('/messages/:id/$value', (request, response) => {
    const message = messageNamed(mailbox(world, request), request.params.id);
    response.type('text/plain').send(message.raw);
  });
  routes.patch('/messages/:id', async (request, response) => {
    const box = mailbox(world, request);
    const message = messageNamed(box, request.params.id);
    update(message, request.body);
    box.touch(message);
    response.json(await full(world, request, message));
  });
  routes.post('/messages/:id/move', async (request, response) => {
    const box = mailbox(world, request);
    const message = messageNamed(box, request.params.id);
    const destination: unknown = request.body?.destinationId;
    if (typeof destination !== 'string') throw badRequest('destinationId is required.');
    const moved = box.move(message, folderNamed(box, destination), keepsId(request));
    response.status(201).json(await full(world, request, moved));
  });
  routes.delete('/messages/:id', (request, response) => {
    const box = mailbox(world, request);
    const message = messageNamed(box, request.params.id);
    const bin = folderNamed(box, 'deleteditems');
    // What lies in Deleted Items leaves the mailbox for its recoverable items, which no folder shows.
    if (message.folderId === bin.id) box.remove(message);
    else box.move(message, bin, keepsId(request));
    response.status(204).end();
  });
  routes.use((request) => {
    throw notFound(request.path);
  });
}
