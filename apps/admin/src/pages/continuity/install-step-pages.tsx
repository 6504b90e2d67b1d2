import type { InstallationReview } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Consequence } from '../../ui/consequences.tsx';
import { Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { formatCount } from '../../format/counts.ts';
import { HelpdeskForm } from '../settings/helpdesk-form.tsx';
import { ExchangeReview } from './exchange-review.tsx';
import { InstallSteps } from './install-steps.tsx';
import { StepBody } from './step-body.tsx';
import { toInstallation, type WizardChoices } from './wizard-steps.ts';

const words = m.wizard.review;

export function ReviewStep({
  choices,
  back,
  onInstalled,
}: {
  readonly choices: WizardChoices;
  readonly back: () => void;
  readonly onInstalled: () => void;
}) {
  const installation = toInstallation(choices);
  return (
    <StepBody title={words.title} text={words.text} {...(installation === null ? { back } : {})}>
      {installation === null ? (
        <Note tone="attention">
          <p className="font-medium">{words.incomplete}</p>
          <p>{words.incompleteText}</p>
        </Note>
      ) : (
        <Review installation={installation} back={back} onInstalled={onInstalled} />
      )}
    </StepBody>
  );
}

function Review({
  installation,
  back,
  onInstalled,
}: {
  readonly installation: NonNullable<ReturnType<typeof toInstallation>>;
  readonly back: () => void;
  readonly onInstalled: () => void;
}) {
  const queries = useQueryClient();
  const review = useQuery(api.installation.review.queryOptions(installation));
  const install = useMutation(
    api.installation.install.mutationOptions({
      onSuccess: async (state) => {
        queries.setQueryData(api.installation.state.queryKey(), state);
        await queries.invalidateQueries();
        onInstalled();
      },
    }),
  );
  if (review.isPending) return <Skeleton rows={6} height={36} />;
  if (review.isError)
    return <ProblemNote error={review.error} retry={() => void review.refetch()} />;
  return (
    <>
      <Consequences review={review.data} protectNewUsers={installation.protectNewUsers} />
      <ExchangeReview />
      <Section title={m.settings.helpdesk.title} text={m.settings.helpdesk.text}>
        <HelpdeskForm />
      </Section>
      {review.data.seats.enough ? null : (
        <div className="mt-3">
          <Note tone="problem">{words.seatsShort}</Note>
        </div>
      )}
      {install.isError ? (
        <div className="mt-3">
          <ProblemNote error={install.error} />
        </div>
      ) : null}
      <div className="mt-6 flex flex-wrap gap-2">
        <Button onClick={back}>{m.back}</Button>
        <Button
          duty="operate"
          look="primary"
          busy={install.isPending}
          disabled={!review.data.seats.enough}
          onClick={() => install.mutate(installation)}
        >
          {words.install}
        </Button>
      </div>
    </>
  );
}

function Consequences({
  review,
  protectNewUsers,
}: {
  readonly review: InstallationReview;
  readonly protectNewUsers: boolean;
}) {
  const ineligible = review.ineligible.reduce((sum, entry) => sum + entry.count, 0);
  return (
    <ul className="surface divide-y divide-line">
      <Consequence title={words.protect(review.protect)} text={words.protectText(review.requests)}>
        <p className="num text-text-2">{words.seats(review.protect, review.seats.available)}</p>
      </Consequence>
      <Consequence title={protectNewUsers ? words.newUsersOn : words.newUsersOff} />
      {ineligible === 0 ? null : (
        <Consequence title={words.ineligible(ineligible)} text={words.ineligibleText}>
          <p className="num text-text-2">
            {review.ineligible
              .map((entry) => `${m.ineligible.short(entry.reason)}: ${formatCount(entry.count)}`)
              .join(' · ')}
          </p>
        </Consequence>
      )}
      {review.switchedOff === 0 ? null : (
        <Consequence title={words.switchedOff(review.switchedOff)} text={words.switchedOffText} />
      )}
      <Consequence title={words.domains(review.domains)} text={words.domainsText} />
      <Consequence
        title={review.listsAlreadyCopied ? words.listsAlready : words.lists}
        text={review.listsAlreadyCopied ? words.listsAlreadyText : words.listsText}
      />
    </ul>
  );
}

export function ResultStep({
  installed,
  back,
}: {
  readonly installed: boolean;
  readonly back: () => void;
}) {
  const result = m.wizard.result;
  if (!installed)
    return (
      <StepBody title={result.notYet} text={result.notYetText} back={back}>
        {null}
      </StepBody>
    );
  return (
    <StepBody title={result.title} text={result.text}>
      <InstallSteps elsewhere />
      <div className="mt-5 flex flex-wrap gap-2">
        <AppLink href="/domains" className={buttonClass('primary')}>
          {result.next}
        </AppLink>
        <AppLink href="/users" className={buttonClass()}>
          {result.toUsers}
        </AppLink>
      </div>
    </StepBody>
  );
}
