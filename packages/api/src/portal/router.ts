import { mailboxRouter } from './mailbox-router.ts';
import { meetingsRouter } from './meetings-router.ts';
import { peopleRouter } from './people-router.ts';
import { sessionRouter } from './session-router.ts';
import { router } from './trpc.ts';

/** Everything the user portal can ask for; one router per area. */
export function createPortalRouter() {
  return router({
    session: sessionRouter,
    mailbox: mailboxRouter,
    meetings: meetingsRouter,
    people: peopleRouter,
  });
}

export type PortalRouter = ReturnType<typeof createPortalRouter>;
