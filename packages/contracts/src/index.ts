/**
 * Contracts: zod schemas of what goes over the wire, the DTO types that come back, and the error codes. Shared by server,
 * admin and portal; it must never hold anything that only a server or only a browser has.
 */
export * from './admin/administrators.ts';
export * from './admin/connection.ts';
export * from './admin/cut-over.ts';
export * from './admin/directory.ts';
export * from './admin/domains.ts';
export * from './admin/drill.ts';
export * from './admin/event.ts';
export * from './admin/exchange.ts';
export * from './admin/installation.ts';
export * from './admin/mailbox-access.ts';
export * from './admin/overview.ts';
export * from './admin/primary.ts';
export * from './admin/security.ts';
export * from './admin/session.ts';
export * from './admin/settings.ts';
export * from './admin/users.ts';
export * from './error-codes.ts';
export * from './helpdesk.ts';
export * from './portal/account.ts';
export * from './portal/drafts.ts';
export * from './portal/mailbox.ts';
export * from './portal/meetings.ts';
export * from './portal/message.ts';
export * from './portal/people.ts';
export * from './portal/push.ts';
export * from './portal/rich-text.ts';
export * from './portal/session.ts';
export * from './portal/writing.ts';
export * from './queue.ts';
export * from './words.ts';
