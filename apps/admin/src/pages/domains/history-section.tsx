import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Disclosure } from './disclosure.tsx';

const words = m.domainChecks;

/** What was seen of the domain, from when to when. */
export function HistorySection({ name }: { readonly name: string }) {
  return <Disclosure title={words.history}>{() => <History name={name} />}</Disclosure>;
}

function History({ name }: { readonly name: string }) {
  const now = useNow();
  const history = useQuery(api.domains.history.queryOptions({ name }));
  if (history.isError) {
    return <ProblemNote error={history.error} retry={() => void history.refetch()} />;
  }
  if (history.isPending) return <Skeleton rows={3} height={40} />;
  if (history.data.length === 0) return <p className="text-text-2">{words.historyNone}</p>;
  const at = (iso: string): string => formatInstant(iso, now, placeOfReader());
  return (
    <ol className="grid gap-3 text-sm">
      {history.data.map((one) => (
        <li
          key={`${one.subject} ${one.firstSeenAt}`}
          className="grid gap-x-6 gap-y-0.5 md:grid-cols-[230px_120px_1fr]"
        >
          <span className="num text-text-2">
            {words.historyRange(at(one.firstSeenAt), at(one.lastSeenAt))}
          </span>
          <span className="font-medium break-all">{subjectWords(one.subject)}</span>
          <span className="min-w-0">
            {(one.value.length === 0 ? [words.historyEmpty] : one.value).map((line) => (
              <span key={line} className="num block font-mono text-xs leading-5 break-all">
                {line}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** `dkim:holdfast1` → `DKIM holdfast1`. */
function subjectWords(subject: string): string {
  const [check = '', part] = subject.split(':');
  const names: Readonly<Record<string, string>> = words.name;
  return [names[check] ?? check, part].filter((text) => text !== undefined).join(' ');
}
