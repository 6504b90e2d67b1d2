/**
 * The application: use cases of Holdfast and the ports (interfaces) they need. It decides with the domain and acts
 * through ports; it must never import an adapter, express, tRPC, drizzle or Node's own modules.
 */
export * from './ports/clock.ts';
export * from './ports/dns.ts';
export * from './ports/identifiers.ts';
export * from './ports/log.ts';
export * from './ports/message-parser.ts';
export * from './ports/notifications.ts';
export * from './ports/office365.ts';
export * from './ports/reception.ts';
export * from './ports/relay-transport.ts';
export * from './ports/secrets.ts';
export * from './ports/sender-authentication.ts';
export * from './ports/snapshot-store.ts';
export * from './ports/spool.ts';
export * from './ports/repositories.ts';
export * from './jobs.ts';
export * from './records/mail.ts';
export * from './records/organisation.ts';
export * from './records/people.ts';
export * from './actor.ts';
export * from './ports.ts';
export * from './refusal.ts';
export * from './ports/notice-templates.ts';
