import type { TracedMessage } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { visible } from '../../format/visible.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryState } from '../../ui/delivery-state.tsx';
import { PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';
import { CommandDialog, type AskedCommand } from './command-dialog.tsx';
import { MessageFacts } from './message-facts.tsx';
import { Timeline } from './timeline.tsx';
import { stepsOf, type TracedRecipient } from './timeline-steps.ts';

const words = m.mailFlow.message;

/** What is open goes on while it is looked at. Unit: ms. */
const LOOK_EVERY = 5_000;

export function MessagePage() {
  const { id } = useParams({ strict: false });
  const router = useRouter();
  const now = useNow();
  const message = useQuery(
    api.mailFlow.message.queryOptions({ id: id ?? '' }, { refetchInterval: LOOK_EVERY }),
  );
  const subject = visible(message.data?.headers.subject ?? '', 200).trim();
  return (
    <>
      <PageHeader
        title={
          message.data === undefined ? words.title : subject === '' ? m.mailFlow.noSubject : subject
        }
        text={
          message.data === undefined
            ? undefined
            : formatInstant(message.data.acceptedAt, now, placeOfReader())
        }
        actions={
          <Button
            icon="back"
            onClick={() =>
              router.history.canGoBack() ? router.history.back() : router.history.push('/trace')
            }
          >
            {words.back}
          </Button>
        }
      />
      {message.isError ? (
        <ProblemNote error={message.error} retry={() => void message.refetch()} />
      ) : message.isPending ? (
        <Skeleton rows={8} height={24} />
      ) : (
        <Traced message={message.data} />
      )}
    </>
  );
}

function Traced({ message }: { readonly message: TracedMessage }) {
  return (
    <>
      {message.bytes.missing === null ? null : (
        <div className="mb-4">
          <Note tone="problem">
            <p className="font-medium">{words.missing(visible(message.bytes.missing, 200))}</p>
            <p>{words.missingMeaning}</p>
          </Note>
        </div>
      )}
      <MessageFacts message={message} />
      <Section title={words.recipients}>
        <div className="grid gap-4">
          {message.recipients.map((recipient) => (
            <Recipient key={recipient.id} message={message} recipient={recipient} />
          ))}
        </div>
      </Section>
    </>
  );
}

function Recipient({
  message,
  recipient,
}: {
  readonly message: TracedMessage;
  readonly recipient: TracedRecipient;
}) {
  const [asked, setAsked] = useState<AskedCommand | null>(null);
  const address = visible(recipient.recipient, 320);
  const { id } = recipient;
  const selection = {
    kind: 'deliveries' as const,
    deliveries: [{ id, acceptedAt: message.acceptedAt }],
  };
  return (
    <section aria-label={address} className="surface px-5 py-4">
      <div className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_260px]">
          <h3 className="break-words">
            <bdi>{address}</bdi>
          </h3>
          <DeliveryState row={recipient} />
        </div>
        <div className="flex flex-wrap gap-2">
          {recipient.commands.map((command) => (
            <Button key={command} onClick={() => setAsked({ command, allowSender: false })}>
              {m.mailFlow.command[command]}
            </Button>
          ))}
          {recipient.commands.includes('release-quarantine') ? (
            <Button onClick={() => setAsked({ command: 'release-quarantine', allowSender: true })}>
              {m.mailFlow.releaseAndAllow}
            </Button>
          ) : null}
        </div>
      </div>
      <Timeline label={address} steps={stepsOf(message, recipient)} />
      {asked === null ? null : (
        <CommandDialog
          asked={asked}
          count={1}
          selection={selection}
          onClose={() => setAsked(null)}
          onDone={() => setAsked(null)}
        />
      )}
    </section>
  );
}
