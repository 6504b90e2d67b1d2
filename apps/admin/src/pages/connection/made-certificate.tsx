import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.connection.own;

/** The certificate to register in Entra; its key stays on the server. */
export function MadeCertificate() {
  const queries = useQueryClient();
  const now = useNow();
  const waiting = useQuery(api.connection.waitingKey.queryOptions());
  const make = useMutation(
    api.connection.createKey.mutationOptions({
      onSuccess: (key) => queries.setQueryData(api.connection.waitingKey.queryKey(), key),
    }),
  );
  if (waiting.isPending) return <Skeleton rows={2} />;
  if (waiting.isError)
    return <ProblemNote error={waiting.error} retry={() => void waiting.refetch()} />;
  const key = waiting.data;
  return (
    <div className="surface px-5 py-4">
      {key === null ? (
        <p className="text-text-2">{words.notMade}</p>
      ) : (
        <>
          <p className="max-w-[62ch]">{words.register}</p>
          <dl className="mt-3 grid gap-x-6 gap-y-1 text-sm sm:grid-cols-[120px_1fr]">
            <dt className="text-text-2">{words.thumbprint}</dt>
            <dd className="flex flex-wrap items-center gap-x-2 font-mono text-xs break-all">
              {key.thumbprint} <CopyButton value={key.thumbprint} />
            </dd>
            <dt className="text-text-2">{words.validUntil}</dt>
            <dd>{formatInstant(key.expiresAt, now, placeOfReader())}</dd>
          </dl>
        </>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {key === null ? null : (
          <a
            className={buttonClass('primary')}
            download="holdfast-application.cer"
            href={`data:application/x-x509-ca-cert;charset=utf-8,${encodeURIComponent(key.certificate)}`}
          >
            {words.download}
          </a>
        )}
        <Button duty="operate" busy={make.isPending} onClick={() => make.mutate()}>
          {key === null ? words.make : words.makeAgain}
        </Button>
      </div>
      {make.isError ? (
        <div className="mt-3">
          <ProblemNote error={make.error} />
        </div>
      ) : null}
    </div>
  );
}
