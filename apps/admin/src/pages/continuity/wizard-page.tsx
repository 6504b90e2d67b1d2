import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { useSession } from '../../session/session.tsx';
import { AppLink } from '../../ui/app-link.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { Dot } from '../../ui/state.tsx';
import { useSessionState } from '../../ui/use-session-state.ts';
import { ConnectionPanel } from '../connection/connection-panel.tsx';
import { RefreshPanel } from '../connection/refresh-panel.tsx';
import { ChooseStep, NewUsersStep } from './choice-steps.tsx';
import { ContinuityPage } from './continuity-page.tsx';
import { ResultStep, ReviewStep } from './install-step-pages.tsx';
import { StepBody } from './step-body.tsx';
import {
  isStepDone,
  isWizardStep,
  NO_CHOICES,
  WIZARD_STEPS,
  wizardChoices,
  type WizardChoices,
  type WizardFacts,
  type WizardStep,
} from './wizard-steps.ts';

export function WizardPage() {
  const session = useSession();
  const params = useParams({ strict: false });
  const step = params.step !== undefined && isWizardStep(params.step) ? params.step : 'connect';
  const [choices, setChoices] = useSessionState('wizard', wizardChoices, NO_CHOICES);
  const connection = useQuery(api.connection.get.queryOptions());
  const directory = useQuery(api.directory.state.queryOptions());
  const facts: WizardFacts = {
    connected: connection.data?.connected ?? session.organisation.connected,
    refreshed: typeof directory.data?.syncedAt === 'string',
    installed: session.organisation.installed,
  };
  if (!session.plan.continuity) return <ContinuityPage />;
  return (
    <>
      <PageHeader title={m.wizard.title} />
      <div className="grid gap-x-10 gap-y-5 lg:grid-cols-[210px_minmax(0,760px)]">
        <StepList current={step} choices={choices} facts={facts} />
        <Step step={step} choices={choices} facts={facts} onChoose={setChoices} />
      </div>
    </>
  );
}

function StepList({
  current,
  choices,
  facts,
}: {
  readonly current: WizardStep;
  readonly choices: WizardChoices;
  readonly facts: WizardFacts;
}) {
  const at = WIZARD_STEPS.indexOf(current);
  return (
    <nav aria-label={m.wizard.stepsLabel}>
      <p className="text-sm text-text-2 lg:hidden">
        {m.wizard.progress(at + 1, WIZARD_STEPS.length)} · {m.wizard.steps[current]}
      </p>
      <ol className="grid gap-0.5 max-lg:hidden">
        {WIZARD_STEPS.map((step) => {
          const done = isStepDone(step, choices, facts);
          return (
            <li key={step}>
              <AppLink
                href={`/continuity/set-up/${step}`}
                aria-current={step === current ? 'step' : undefined}
                className={`flex min-h-[33px] items-center gap-2.5 rounded-control px-2 ${step === current ? 'bg-hover font-medium text-text' : 'text-text-2 hover:bg-hover'}`}
              >
                <span className="inline-grid w-4 place-items-center text-good-text">
                  {done ? <Icon name="check" size={16} /> : <Dot tone="hollow" />}
                </span>
                {m.wizard.steps[step]}
                {done ? <span className="sr-only">({m.wizard.done})</span> : null}
              </AppLink>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Step({
  step,
  choices,
  facts,
  onChoose,
}: {
  readonly step: WizardStep;
  readonly choices: WizardChoices;
  readonly facts: WizardFacts;
  readonly onChoose: (next: WizardChoices) => void;
}) {
  const navigate = useNavigate();
  const go = (to: WizardStep) =>
    void navigate({ to: '/continuity/set-up/$step', params: { step: to } });
  switch (step) {
    case 'connect':
      return (
        <StepBody
          title={m.wizard.connect.title}
          text={m.wizard.connect.text}
          next={{ ready: facts.connected, go: () => go('refresh') }}
        >
          <ConnectionPanel />
        </StepBody>
      );
    case 'refresh':
      return (
        <StepBody
          title={m.wizard.refresh.title}
          text={m.wizard.refresh.text}
          back={() => go('connect')}
          next={{ ready: facts.refreshed, go: () => go('choose') }}
        >
          <RefreshPanel />
        </StepBody>
      );
    case 'choose':
      return (
        <ChooseStep
          choices={choices}
          onChoose={onChoose}
          back={() => go('refresh')}
          next={() => go('new-users')}
        />
      );
    case 'new-users':
      return (
        <NewUsersStep
          choices={choices}
          onChoose={onChoose}
          back={() => go('choose')}
          next={() => go('review')}
        />
      );
    case 'review':
      return (
        <ReviewStep
          choices={choices}
          back={() => go('new-users')}
          onInstalled={() => {
            onChoose(NO_CHOICES);
            go('result');
          }}
        />
      );
    case 'result':
      return <ResultStep installed={facts.installed} back={() => go('review')} />;
  }
}
