/**
 * What page and service worker call the same. Types only: a value that both import would become a file of its own, which a
 * service worker cannot load.
 */

/** All messages are one notification: what is new is seen in the mailbox. */
export type PushTag = 'holdfast';
/** From the service worker to the pages that are open: a push message has come. */
export type PushNews = 'push-news';
/** From a page to the service worker that waits: its reader wants the newer version. */
export type TakeOver = 'take-over';
/** From a page to a service worker: which hashed files are yours? */
export type AskForFiles = 'files';
