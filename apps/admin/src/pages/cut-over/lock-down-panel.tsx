import type { CutOverView, LockDownPreviewView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { HoldButton } from '../../ui/hold-button.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { AttestForm } from './attest-form.tsx';

const words = m.cutOver.lockDown;
const STEPS = { twoStep: words.twoStep, cancel: words.cancel };

/** On: what would happen, in numbers, then held. Off: held, at once. */
export function LockDownPanel({ view, on }: { readonly view: CutOverView; readonly on: boolean }) {
  const queries = useQueryClient();
  const preview = useMutation(api.cutOver.previewLockDown.mutationOptions());
  const change = useMutation(
    api.cutOver.lockDown.mutationOptions({
      onSuccess: async ({ done }) => {
        if (done) toast(on ? words.isOn : words.isOff);
        await queries.invalidateQueries();
      },
    }),
  );
  const script = change.data?.script ?? null;
  const domains = preview.data?.domains.length ?? 0;
  return (
    <div className="grid gap-3">
      {on && preview.data === undefined ? (
        <div>
          <Button duty="operate" busy={preview.isPending} onClick={() => preview.mutate()}>
            {words.preview}
          </Button>
        </div>
      ) : null}
      {preview.isError ? <ProblemNote error={preview.error} /> : null}
      {on && preview.data !== undefined ? <Preview preview={preview.data} /> : null}
      {on && (preview.data === undefined || preview.data.obstacles.length > 0) ? null : (
        <HoldButton
          label={on ? words.holdOn : words.holdOff}
          confirmLabel={on ? words.confirmOn(domains) : words.confirmOff}
          disabled={false}
          busy={change.isPending}
          words={STEPS}
          onConfirm={() => change.mutate({ on })}
        />
      )}
      {change.isError ? <ProblemNote error={change.error} /> : null}
      {script === null ? null : (
        <div className="grid gap-3">
          <p>{words.byHand}</p>
          <Script text={script} />
          <AttestForm name={view.name} subject="lock-down" value={on} />
        </div>
      )}
    </div>
  );
}

function Preview({ preview }: { readonly preview: LockDownPreviewView }) {
  return (
    <div className="grid gap-2">
      <ul className="grid list-disc gap-1 pl-5">
        <li>{words.domains(preview.domains.length)}</li>
        <li>{words.throughUs(preview.throughUs)}</li>
        <li>
          {preview.directMessages === null || preview.directSources === null
            ? words.directUnknown
            : words.direct(preview.directMessages, preview.directSources)}
        </li>
        {preview.initialDomain === null ? null : <li>{words.initial(preview.initialDomain)}</li>}
      </ul>
      {preview.obstacles.length === 0 ? null : (
        <Note tone="problem">
          <ul className="grid gap-1">
            {preview.obstacles.map((obstacle) => (
              <li key={obstacle}>{obstacle}</li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}

/** PowerShell to copy. */
export function Script({ text }: { readonly text: string }) {
  return (
    <div className="grid gap-2">
      <pre
        tabIndex={0}
        className="overflow-x-auto rounded-surface border border-line bg-sunken p-3 font-mono text-xs whitespace-pre-wrap break-words"
      >
        {text}
      </pre>
      <div>
        <CopyButton value={text} />
      </div>
    </div>
  );
}
