import type { DomainView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { keepDomain } from './keep-domain.ts';
import { Button } from '../../ui/button.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.domainChecks;

/** What has changed in DNS since it was right, until it is mended. */
export function DomainAlerts({ domain }: { readonly domain: DomainView }) {
  if (domain.alerts.length === 0) return null;
  return (
    <ul className="mt-3 grid gap-2">
      {domain.alerts.map((alert) => (
        <li key={alert.id}>
          <AlertNote alert={alert} />
        </li>
      ))}
    </ul>
  );
}

function AlertNote({ alert }: { readonly alert: DomainView['alerts'][number] }) {
  const queries = useQueryClient();
  const now = useNow();
  const accept = useMutation(
    api.domains.acceptAlert.mutationOptions({
      onSuccess: (next) => {
        keepDomain(queries, next);
        toast(words.accepted);
      },
    }),
  );
  return (
    <>
      <Note
        tone={alert.level}
        action={
          alert.acceptable ? (
            <Button
              duty="operate"
              busy={accept.isPending}
              onClick={() => accept.mutate({ id: alert.id })}
            >
              {words.accept}
            </Button>
          ) : null
        }
      >
        <p className="font-medium">{alert.title}</p>
        <p>
          {words.since(formatInstant(alert.since, now, placeOfReader()))} {alert.consequence}{' '}
          {alert.mend}
        </p>
        <p className="mt-1 text-sm">
          {words.seenNow} <span className="font-mono text-xs break-all">{alert.seen}</span>
        </p>
        <p className="mt-1 text-sm">{alert.notice ?? words.telling}</p>
      </Note>
      {accept.isError ? <ProblemNote error={accept.error} /> : null}
    </>
  );
}
