/**
 * Contracts: zod schemas of what goes over the wire, the DTO types that come back, and the error codes. Shared by server,
 * admin and portal; it must never hold anything that only a server or only a browser has.
 */
export * from './admin.ts';
export * from './error-codes.ts';
export * from './portal.ts';
export * from './queue.ts';
export * from './words.ts';
