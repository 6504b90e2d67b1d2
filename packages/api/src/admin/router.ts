import { administratorsRouter } from './administrators-router.ts';
import { connectionRouter } from './connection-router.ts';
import { cutOverRouter } from './cut-over-router.ts';
import { directoryRouter } from './directory-router.ts';
import { domainsRouter } from './domains-router.ts';
import { drillRouter } from './drill-router.ts';
import { eventRouter } from './event-router.ts';
import { exchangeRouter } from './exchange-router.ts';
import { installationRouter } from './installation-router.ts';
import { mailFlowRouter } from './mail-flow-router.ts';
import { mailboxAccessRouter } from './mailbox-access-router.ts';
import { overviewRouter } from './overview-router.ts';
import { securityRouter } from './security-router.ts';
import { sessionRouter } from './session-router.ts';
import { settingsRouter } from './settings-router.ts';
import { router } from './trpc.ts';
import { usersRouter } from './users-router.ts';

/** Everything the admin console can ask for; one router per area. */
export function createAdminRouter() {
  return router({
    session: sessionRouter,
    overview: overviewRouter,
    connection: connectionRouter,
    directory: directoryRouter,
    installation: installationRouter,
    exchange: exchangeRouter,
    users: usersRouter,
    domains: domainsRouter,
    cutOver: cutOverRouter,
    security: securityRouter,
    mailFlow: mailFlowRouter,
    mailboxAccess: mailboxAccessRouter,
    drill: drillRouter,
    event: eventRouter,
    settings: settingsRouter,
    administrators: administratorsRouter,
  });
}

export type AdminRouter = ReturnType<typeof createAdminRouter>;
