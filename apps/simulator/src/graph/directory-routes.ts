import type { Request, Router } from 'express';
import { hasMailbox, type Recipient } from '../tenant/recipient.ts';
import type { World } from '../world.ts';
import { deltaPage } from './delta.ts';
import { directoryPage } from './directory-page.ts';
import { filter } from './filter.ts';
import { GraphError, notFound } from './graph-error.ts';
import type { PageRequest } from './page.ts';
import { deltaSelection, withMembers } from './members-delta.ts';
import { presentFor, presentUser } from './present-directory.ts';
import { selection } from './select.ts';

/** The collections of Entra ID, with the Graph type of their items and what may be filtered by. */
const COLLECTIONS = [
  {
    path: 'users',
    type: 'user',
    graphType: 'user',
    filters: ['id', 'userType', 'accountEnabled', 'mail', 'userPrincipalName'],
  },
  {
    path: 'groups',
    type: 'group',
    graphType: 'group',
    filters: ['id', 'mailEnabled', 'securityEnabled', 'mail'],
  },
  { path: 'contacts', type: 'contact', graphType: 'orgContact', filters: ['id', 'mail'] },
] as const;

/** Paging of a request; links lead back to the address that was called, without its query. */
export function pageRequest(world: World, request: Request): PageRequest {
  return {
    url: `${world.controlUrl()}${request.baseUrl}${request.path}`,
    query: request.query,
    pageSize: world.pageSize,
  };
}

/** Lists and delta rounds of users, groups and contacts; one user; and what a mailbox is for. */
export function directoryRoutes(router: Router, world: World): void {
  for (const { path, type, graphType, filters } of COLLECTIONS) {
    const present = presentFor(type);
    router.get(`/${path}`, (request, response) => {
      const source = {
        directory: world.directory,
        type,
        present,
        wanted: filter(request.query['$filter'], filters),
        select: selection(graphType, request.query['$select']),
      };
      response.json(directoryPage(pageRequest(world, request), source, path));
    });
    router.get(`/${path}/delta`, (request, response) => {
      const select = deltaSelection(graphType, request.query['$select']);
      const wanted = filter(request.query['$filter'], ['id']);
      const source = {
        directory: world.directory,
        type,
        present: (recipient: Recipient, since: number | null) => {
          const object = present(recipient);
          if (object === null || !wanted(object)) return [];
          const shown = select.object(object);
          return select.members && recipient.type === 'group'
            ? withMembers(world.directory, recipient, shown, since)
            : [shown];
        },
      };
      response.json(deltaPage(pageRequest(world, request), source, path));
    });
  }
  router.get('/users/:user', (request, response) => {
    const user = world.directory.user(request.params.user);
    if (user === undefined) throw notFound(request.params.user);
    response.json(selection('user', request.query['$select'])(presentUser(user)));
  });
  router.get('/users/:user/mailboxSettings', (request, response) => {
    const user = world.directory.user(request.params.user);
    if (user === undefined) throw notFound(request.params.user);
    if (world.outage.mailboxesDown) throw storeUnavailable();
    if (!hasMailbox(user)) throw noMailbox();
    const settings = { userPurpose: user.purpose, timeZone: 'UTC', archiveFolder: null };
    response.json(selection('mailboxSettings', request.query['$select'])(settings));
  });
}

export const storeUnavailable = (): GraphError =>
  new GraphError(
    503,
    'ErrorMailboxStoreUnavailable',
    'The mailbox database is temporarily unavailable.',
  );

export const noMailbox = (): GraphError =>
  new GraphError(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );
