/**
 * The API: two tRPC routers, one per origin, and the presenters that stand between records and DTOs. It must never
 * import an adapter, express or drizzle, and never let a record leave the server.
 */
export { createAdminRouter, type AdminRouter } from './admin/router.ts';
export { createPortalRouter, type PortalRouter } from './portal/router.ts';
export type { AdminContext, PortalContext } from './context.ts';
export { toErrorShape, toTrpcError } from './error-shape.ts';
export { GERMAN_MESSAGE } from './words/german-message.ts';
export { GERMAN_REFUSALS } from './words/german-refusals.ts';
export { inLanguage, messageWordInGerman, refusalInGerman } from './words/in-language.ts';
export { refusalOf } from './refusal-of.ts';
export { presentDrillReport } from './presenters/drills.ts';
export { presentCopiedItem } from './presenters/list-copy.ts';
export { presentQueued } from './presenters/queue.ts';
export { readQueueQuery, readTraceQuery } from './presenters/queue-query.ts';
export { presentUser } from './presenters/users.ts';
