import type { ListCopyView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Empty, PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { CopiedItems } from './copied-items.tsx';
import { ListComparison } from './list-comparison.tsx';
import { MailboxSettings } from './mailbox-settings.tsx';

const words = m.office365Lists;
/** While mailboxes are read. Unit: milliseconds. */
const WATCH = 2000;

/** Lists in Office 365: what was copied once, what became of each entry, and the difference of today. */
export function Office365ListsPage() {
  const copy = useQuery({
    ...api.security.copy.queryOptions(),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? WATCH : false),
  });
  return (
    <div className="max-w-[1000px]">
      <AppLink href="/security" className="text-sm text-text-2">
        ← {words.back}
      </AppLink>
      <PageHeader
        title={words.title}
        text={words.text}
        actions={
          copy.data?.report ? (
            <a className={buttonClass()} href="/export/copied-lists.csv" download>
              {words.exportCsv}
            </a>
          ) : undefined
        }
      />
      {copy.isError ? (
        <ProblemNote error={copy.error} retry={() => void copy.refetch()} />
      ) : copy.isPending ? (
        <Skeleton rows={6} height={36} />
      ) : copy.data.report === null ? (
        <div className="surface">
          <Empty title={words.never} text={words.neverText}>
            <AppLink href="/continuity" className={buttonClass()}>
              {words.toInstallation}
            </AppLink>
          </Empty>
        </div>
      ) : (
        <>
          <ListComparison />
          <Sections report={copy.data.report} finishedAt={copy.data.finishedAt} />
          <NotCarried report={copy.data.report} />
          <MailboxSettings copy={copy.data} report={copy.data.report} />
          <CopiedItems />
        </>
      )}
    </div>
  );
}

type Report = NonNullable<ListCopyView['report']>;

function isUnderWay(copy: ListCopyView | undefined): boolean {
  const state = copy?.report?.users.state;
  return state === 'waiting' || state === 'running';
}

function Sections({
  report,
  finishedAt,
}: {
  readonly report: Report;
  readonly finishedAt: string | null;
}) {
  const now = useNow();
  const when = finishedAt === null ? {} : { text: formatInstant(finishedAt, now, placeOfReader()) };
  return (
    <Section title={words.read} {...when}>
      <div className="surface">
        <table className="data" aria-label={words.read}>
          <thead>
            <tr>
              <th scope="col">{words.part}</th>
              <th scope="col" className="num text-right max-md:hidden">
                {words.found}
              </th>
              <th scope="col">{words.result}</th>
            </tr>
          </thead>
          <tbody>
            {report.sections.map(({ section, state, entries, detail }) => (
              <tr key={section}>
                <td className="font-medium">{words.sections[section]}</td>
                <td className="num text-right max-md:hidden">
                  {state === 'read' ? entries : m.none}
                </td>
                <td>
                  <State tone={state === 'read' ? 'good' : 'attention'}>
                    {state === 'read' ? words.wasRead : `${words.notRead}. ${detail ?? ''}`}
                  </State>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function NotCarried({ report }: { readonly report: Report }) {
  const { notFiltered, idlePolicies, spoofs } = report;
  const lines = [
    ...(notFiltered.urls > 0 ? [words.urls(notFiltered.urls)] : []),
    ...(notFiltered.files > 0 ? [words.files(notFiltered.files)] : []),
    ...(notFiltered.simulations > 0 ? [words.simulations(notFiltered.simulations)] : []),
    ...(idlePolicies.length > 0 ? [words.idle(idlePolicies.join(', '))] : []),
  ];
  return (
    <>
      {lines.length === 0 ? null : (
        <Section title={words.notCarried} text={words.notCarriedText}>
          <ul className="surface divide-y divide-line">
            {lines.map((line) => (
              <li key={line} className="px-5 py-2.5">
                {line}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {spoofs.length === 0 ? null : (
        <Section title={words.spoofs} text={words.spoofsText}>
          <ul className="surface divide-y divide-line">
            {spoofs.map(({ sender, infrastructure, action }) => (
              <li
                key={`${sender} ${infrastructure}`}
                className="flex flex-wrap justify-between gap-x-4 px-5 py-2.5"
              >
                <span className="min-w-0 break-words">
                  {words.spoofLine(sender, infrastructure)}
                </span>
                <span className="text-text-2">{words.kinds[action]}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
