import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { findOperation } from '../contract/operation.ts';
import { rolesOf } from '../login/token.ts';
import { GraphError } from './graph-error.ts';

/** Permissions that hold others in them, as far as they are asked for here. */
const INCLUDES: Readonly<Record<string, readonly string[]>> = {
  'Mail.ReadWrite': ['Mail.Read', 'Mail.ReadBasic.All'],
  'Mail.Read': ['Mail.ReadBasic.All'],
  'Calendars.Read': ['Calendars.ReadBasic.All'],
  'MailboxSettings.ReadWrite': ['MailboxSettings.Read'],
  'Group.Read.All': ['GroupMember.Read.All'],
  'Directory.Read.All': [
    'User.Read.All',
    'GroupMember.Read.All',
    'OrgContact.Read.All',
    'Domain.Read.All',
    'Organization.Read.All',
    'LicenseAssignment.Read.All',
  ],
};

/**
 * Refuses what none of the token's permissions allow. What an operation needs is in Microsoft's description; a token
 * without any permission is issued all the same (reference 1.1).
 */
export function permission(): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    const needed = findOperation(request.method, request.path)?.operation['x-app-permissions'];
    if (needed === undefined || request.path === '/$batch') return next();
    const given = rolesOf(request.headers.authorization);
    const held = new Set([...given, ...given.flatMap((role) => INCLUDES[role] ?? [])]);
    if (needed.some((role) => held.has(role))) return next();
    throw refusal(request.path);
  };
}

/** Outlook and the directory say it in different words. */
function refusal(path: string): GraphError {
  if (/^\/users\/[^/]+\/./.test(path)) {
    return new GraphError(
      403,
      'ErrorAccessDenied',
      'Access is denied. Check credentials and try again.',
    );
  }
  return new GraphError(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}
