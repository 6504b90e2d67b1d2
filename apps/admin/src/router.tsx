import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';
import { Frame } from './frame/frame.tsx';
import { Crashed, NotFound } from './frame/fault-pages.tsx';
import { ConnectionPage } from './pages/connection/connection-page.tsx';
import { ConsentPage } from './pages/connection/consent-page.tsx';
import { ContinuityGate } from './pages/continuity/continuity-gate.tsx';
import { ContinuityPage } from './pages/continuity/continuity-page.tsx';
import { isWizardStep, WIZARD_STEPS } from './pages/continuity/wizard-steps.ts';
import { WizardPage } from './pages/continuity/wizard-page.tsx';
import { CardPage } from './pages/cut-over/card-page.tsx';
import { CutOverPage } from './pages/cut-over/cut-over-page.tsx';
import { UninstallPage } from './pages/cut-over/uninstall-page.tsx';
import { DomainsPage } from './pages/domains/domains-page.tsx';
import { DrillPage } from './pages/drill/drill-page.tsx';
import { DrillsPage } from './pages/drill/drills-page.tsx';
import { EventPage } from './pages/event/event-page.tsx';
import { HealthPage } from './pages/health/health-page.tsx';
import { MessagePage } from './pages/mail-flow/message-page.tsx';
import { QuarantinePage } from './pages/mail-flow/quarantine-page.tsx';
import { QueuePage } from './pages/mail-flow/queue-page.tsx';
import { readQueueSearch } from './pages/mail-flow/queue-search.ts';
import { TracePage } from './pages/mail-flow/trace-page.tsx';
import { readTraceSearch } from './pages/mail-flow/trace-search.ts';
import { OverviewPage } from './pages/overview/overview-page.tsx';
import { Office365ListsPage } from './pages/security/office365-lists-page.tsx';
import { SecurityPage } from './pages/security/security-page.tsx';
import { SettingsPage } from './pages/settings/settings-page.tsx';
import { JoinPage } from './pages/sign-in/join-page.tsx';
import { SetUpPage } from './pages/sign-in/set-up-page.tsx';
import { readUserSearch } from './pages/users/user-search.ts';
import { UsersPage } from './pages/users/users-page.tsx';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Crashed,
});

const setUp = createRoute({ getParentRoute: () => root, path: '/set-up', component: SetUpPage });

const join = createRoute({ getParentRoute: () => root, path: '/join', component: JoinPage });

const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame });

const overview = createRoute({ getParentRoute: () => frame, path: '/', component: OverviewPage });

const health = createRoute({ getParentRoute: () => frame, path: '/health', component: HealthPage });

const continuity = createRoute({
  getParentRoute: () => frame,
  path: '/continuity',
  component: ContinuityPage,
});

const wizard = createRoute({
  getParentRoute: () => frame,
  path: '/continuity/set-up/$step',
  beforeLoad: ({ params }) => {
    if (!isWizardStep(params.step))
      throw redirect({ to: '/continuity/set-up/$step', params: { step: WIZARD_STEPS[0] } });
  },
  component: WizardPage,
});

const gate = createRoute({ getParentRoute: () => frame, id: 'gate', component: ContinuityGate });

const users = createRoute({
  getParentRoute: () => gate,
  path: '/users',
  validateSearch: readUserSearch,
  component: UsersPage,
});

const domains = createRoute({
  getParentRoute: () => gate,
  path: '/domains',
  component: DomainsPage,
});

const cutOver = createRoute({
  getParentRoute: () => gate,
  path: '/domains/$name/cut-over',
  component: CutOverPage,
});

const card = createRoute({
  getParentRoute: () => gate,
  path: '/domains/card',
  component: CardPage,
});

const uninstall = createRoute({
  getParentRoute: () => frame,
  path: '/uninstall',
  component: UninstallPage,
});

const event = createRoute({ getParentRoute: () => gate, path: '/event', component: EventPage });

const drills = createRoute({
  getParentRoute: () => gate,
  path: '/event/drills',
  component: DrillsPage,
});

const drill = createRoute({
  getParentRoute: () => gate,
  path: '/event/drills/$drillId',
  component: DrillPage,
});

const queue = createRoute({
  getParentRoute: () => frame,
  path: '/queue',
  validateSearch: readQueueSearch,
  component: QueuePage,
});

const quarantine = createRoute({
  getParentRoute: () => frame,
  path: '/quarantine',
  validateSearch: readQueueSearch,
  component: QuarantinePage,
});

const trace = createRoute({
  getParentRoute: () => frame,
  path: '/trace',
  validateSearch: readTraceSearch,
  component: TracePage,
});

const message = createRoute({
  getParentRoute: () => frame,
  path: '/messages/$id',
  component: MessagePage,
});

const security = createRoute({
  getParentRoute: () => frame,
  path: '/security',
  component: SecurityPage,
});

const office365Lists = createRoute({
  getParentRoute: () => frame,
  path: '/security/office365',
  component: Office365ListsPage,
});

const connection = createRoute({
  getParentRoute: () => frame,
  path: '/connection',
  component: ConnectionPage,
});

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: SettingsPage,
});

const consent = createRoute({
  getParentRoute: () => frame,
  path: '/connection/consent',
  component: ConsentPage,
});

export const router = createRouter({
  routeTree: root.addChildren([
    setUp,
    join,
    frame.addChildren([
      overview,
      health,
      continuity,
      wizard,
      queue,
      quarantine,
      trace,
      message,
      security,
      office365Lists,
      connection,
      settings,
      consent,
      uninstall,
      gate.addChildren([users, domains, cutOver, card, event, drills, drill]),
    ]),
  ]),
  // Plain `?info=missing,asked`, readable and typeable, instead of JSON in the address.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
  defaultErrorComponent: Crashed,
  defaultPreload: false,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
