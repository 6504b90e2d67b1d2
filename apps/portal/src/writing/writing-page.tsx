import type { WritingSettingsView } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, trpc } from '../api.ts';
import { MAX_SIGNATURE, UNDO_CHOICES } from '../limits.ts';
import { writing as words } from '../messages/en/writing.ts';
import { ProblemPage } from '../parts/problem.tsx';
import { showSnack } from '../parts/snackbar.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import './writing.css';

/** What goes with every message of a person, and how long it can be taken back. */
export function WritingPage() {
  const settings = useQuery(trpc.writing.settings.queryOptions());
  return (
    <>
      <header className="bar">
        <h1>{words.heading}</h1>
      </header>
      {settings.data !== undefined ? (
        <SettingsForm settings={settings.data} />
      ) : settings.isError ? (
        <ProblemPage error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <Skeleton rows={4} label={words.loading} />
      )}
    </>
  );
}

function SettingsForm({ settings }: { readonly settings: WritingSettingsView }) {
  const [signature, setSignature] = useState(settings.signature);
  const [isUsed, setUsed] = useState(settings.signatureUsed);
  const [undoSeconds, setUndoSeconds] = useState(settings.undoSeconds);
  const queries = useQueryClient();
  const save = useMutation(
    trpc.writing.saveSettings.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.writing.settings.queryKey() });
        showSnack({ text: words.saved });
      },
      onError: (error) => showSnack({ text: problemOf(error).message, tone: 'problem' }),
    }),
  );
  const choices = new Set<number>([...UNDO_CHOICES, undoSeconds]);
  return (
    <form
      className="scroller writing"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ signature, signatureUsed: isUsed && signature.trim() !== '', undoSeconds });
      }}
    >
      <label htmlFor="signature">{words.signature}</label>
      <p className="hint" id="signature-hint">
        {words.signatureHint}
      </p>
      <textarea
        id="signature"
        aria-describedby="signature-hint"
        rows={5}
        dir="auto"
        maxLength={MAX_SIGNATURE}
        value={signature}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          // Whoever writes a first signature wants it used.
          if (signature.trim() === '' && typed.trim() !== '') setUsed(true);
          setSignature(typed);
        }}
      />
      {signature.trim() === '' && (
        <button
          type="button"
          className="btn"
          onClick={() => {
            setSignature(settings.suggestion);
            setUsed(true);
          }}
        >
          {words.suggest}
        </button>
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={isUsed}
          disabled={signature.trim() === ''}
          onChange={(event) => setUsed(event.currentTarget.checked)}
        />
        {words.use}
      </label>
      <label htmlFor="undo">{words.undo}</label>
      <select
        id="undo"
        value={undoSeconds}
        onChange={(event) => setUndoSeconds(Number(event.currentTarget.value))}
      >
        {[...choices]
          .toSorted((a, b) => a - b)
          .map((seconds) => (
            <option key={seconds} value={seconds}>
              {words.seconds(seconds)}
            </option>
          ))}
      </select>
      <p className="hint">{words.undoHint}</p>
      <button type="submit" className="btn primary" disabled={save.isPending}>
        {save.isPending ? words.saving : words.save}
      </button>
    </form>
  );
}
