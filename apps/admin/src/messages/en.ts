import { connection } from './en/connection.ts';
import { continuity } from './en/continuity.ts';
import { cutOver } from './en/cut-over.ts';
import { domainChecks } from './en/domain-checks.ts';
import { domainProviders } from './en/domain-providers.ts';
import { domains } from './en/domains.ts';
import { drill } from './en/drill.ts';
import { event } from './en/event.ts';
import { exchange } from './en/exchange.ts';
import { frame } from './en/frame.ts';
import { health } from './en/health.ts';
import { ineligible } from './en/ineligible.ts';
import { join } from './en/join.ts';
import { ledger } from './en/ledger.ts';
import { mailFlow } from './en/mail-flow.ts';
import { mailboxCopies } from './en/mailbox-copies.ts';
import { office365Lists } from './en/office365-lists.ts';
import { overview } from './en/overview.ts';
import { palette } from './en/palette.ts';
import { primary } from './en/primary.ts';
import { problem } from './en/problem.ts';
import { security } from './en/security.ts';
import { setUp } from './en/set-up.ts';
import { settings } from './en/settings.ts';
import { shortcuts } from './en/shortcuts.ts';
import { signIn } from './en/sign-in.ts';
import { state } from './en/state.ts';
import { users } from './en/users.ts';
import { wizard } from './en/wizard.ts';

/** Every word the console says, one file a page or concern. Functions where a number or a name is put in. */
export const en = {
  product: 'Holdfast',
  pageTitle: (page: string) => `${page} · Holdfast`,
  skipToContent: 'Skip to content',
  none: '–',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  next: 'Continue',
  discard: 'Discard',
  saveChanges: 'Save changes',
  tryAgain: 'Try again',
  refresh: 'Refresh',
  loading: 'Loading',
  copy: 'Copy',
  copied: 'Copied',
  learnMore: 'Learn more',
  demo: 'Demo',
  demoLong: 'Demo organisation. Office 365 and the outside world are simulated.',
  optional: 'optional',

  problem,
  signIn,
  setUp,
  frame,
  palette,
  shortcuts,
  state,
  ineligible,
  primary,
  health,
  office365Lists,
  overview,
  ledger,
  continuity,
  exchange,
  wizard,
  users,
  domainChecks,
  domainProviders,
  domains,
  cutOver,
  mailFlow,
  mailboxCopies,
  security,
  connection,
  settings,
  join,
  drill,
  event,
};

export type Messages = typeof en;
