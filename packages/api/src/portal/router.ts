import { accountRouter } from './account-router.ts';
import { draftsRouter } from './drafts-router.ts';
import { mailboxRouter } from './mailbox-router.ts';
import { meetingsRouter } from './meetings-router.ts';
import { peopleRouter } from './people-router.ts';
import { pushRouter } from './push-router.ts';
import { sessionRouter } from './session-router.ts';
import { router } from './trpc.ts';
import { writingRouter } from './writing-router.ts';

/** Everything the user portal can ask for; one router per area. */
export function createPortalRouter() {
  return router({
    account: accountRouter,
    drafts: draftsRouter,
    session: sessionRouter,
    mailbox: mailboxRouter,
    meetings: meetingsRouter,
    people: peopleRouter,
    push: pushRouter,
    writing: writingRouter,
  });
}

export type PortalRouter = ReturnType<typeof createPortalRouter>;
