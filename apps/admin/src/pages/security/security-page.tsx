import type { ListsView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { useSession } from '../../session/session.tsx';
import { AppLink } from '../../ui/app-link.tsx';
import { PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { EntryList } from './entry-list.tsx';

const words = m.security;

export function SecurityPage() {
  const session = useSession();
  const lists = useQuery(api.security.lists.queryOptions());
  return (
    <div className="max-w-[1000px]">
      <PageHeader title={words.title} text={words.text} />
      {session.organisation.installed ? null : (
        <div className="mb-4">
          <Note tone="neutral">{words.notInstalled}</Note>
        </div>
      )}
      {lists.isError ? (
        <ProblemNote error={lists.error} retry={() => void lists.refetch()} />
      ) : lists.isPending ? (
        <Skeleton rows={6} height={36} />
      ) : (
        <>
          <CopiedLine lists={lists.data} />
          <EntryList
            kind="allow"
            entries={lists.data.entries.filter((entry) => entry.kind === 'allow')}
          />
          <EntryList
            kind="block"
            entries={lists.data.entries.filter((entry) => entry.kind === 'block')}
          />
        </>
      )}
      <Verdicts />
    </div>
  );
}

function CopiedLine({ lists }: { readonly lists: ListsView }) {
  const now = useNow();
  return (
    <p className="text-text-2">
      <State tone={lists.copiedAt === null ? 'hollow' : 'good'}>
        {lists.copiedAt === null
          ? `${words.notCopied} ${words.notCopiedNext}`
          : words.copiedOnce(formatInstant(lists.copiedAt, now, placeOfReader()))}
        {lists.copyDetail === null ? '' : ` ${lists.copyDetail}.`}
      </State>{' '}
      <AppLink href="/security/office365" className="underline">
        {words.toOffice365}
      </AppLink>
    </p>
  );
}

function Verdicts() {
  return (
    <Section title={words.verdicts}>
      <dl className="surface divide-y divide-line">
        {words.verdict.map(([name, tone, text]) => (
          <div key={name} className="grid gap-x-6 px-5 py-2.5 sm:grid-cols-[120px_1fr]">
            <dt>
              <State tone={tone}>{name}</State>
            </dt>
            <dd className="text-text-2">{text}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-text-2">{words.filterFault}</p>
    </Section>
  );
}
