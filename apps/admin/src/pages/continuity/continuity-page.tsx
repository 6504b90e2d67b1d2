import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { useSession } from '../../session/session.tsx';
import { AppLink } from '../../ui/app-link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { State } from '../../ui/state.tsx';
import { ExchangePanel } from './exchange-panel.tsx';
import { InstallSteps } from './install-steps.tsx';
import { MailboxCopies } from './mailbox-copies.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.continuity;

export function ContinuityPage() {
  const session = useSession();
  if (!session.plan.continuity) return <NotInPlan plan={session.plan.name} />;
  return session.organisation.installed ? <Installed /> : <NotInstalled />;
}

function NotInPlan({ plan }: { readonly plan: string }) {
  return (
    <div className="max-w-[62ch]">
      <PageHeader title={words.title} />
      <h2>{words.notInPlan}</h2>
      <p className="mt-2">{words.notInPlanText(plan)}</p>
      <p className="mt-2 text-text-2">{words.notInPlanNext}</p>
    </div>
  );
}

function NotInstalled() {
  return (
    <div className="max-w-[62ch]">
      <PageHeader title={words.title} />
      <p className="mb-4">
        <State tone="hollow">{words.notInstalled}</State>
      </p>
      <div className="grid gap-3">
        {words.does.map((sentence) => (
          <p key={sentence} className="text-lg">
            {sentence}
          </p>
        ))}
      </div>
      <p className="mt-4 mb-5 text-text-2">{words.nothingChanges}</p>
      <AppLink href="/continuity/set-up/connect" className={buttonClass('primary')}>
        {words.protectNow}
      </AppLink>
    </div>
  );
}

function Installed() {
  const now = useNow();
  const state = useQuery(api.installation.state.queryOptions());
  const at = state.data?.installedAt;
  return (
    <div className="max-w-[760px]">
      <PageHeader
        title={words.title}
        text={
          at === null || at === undefined
            ? undefined
            : words.installedAt(formatInstant(at, now, placeOfReader()))
        }
      />
      <InstallSteps />
      <ExchangePanel />
      <MailboxCopies />
    </div>
  );
}
