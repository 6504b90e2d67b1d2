import type { DomainView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatAgo, formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { keepDomain } from './keep-domain.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Block } from './outbound-block.tsx';
import { RecordCell } from './record-cell.tsx';

const words = m.domains.outbound;

type Key = DomainView['outbound']['keys'][number];

const TONE: Readonly<Record<Key['state'], Tone>> = {
  unchecked: 'hollow',
  missing: 'attention',
  wrong: 'problem',
  correct: 'good',
  drifted: 'problem',
};

/** The records of the keys that sign, newest first; a replaced one with the day from which it may go. */
export function DkimKeys({ domain }: { readonly domain: DomainView }) {
  const queries = useQueryClient();
  const now = useNow();
  const rotate = useMutation(
    api.domains.rotateKey.mutationOptions({
      onSuccess: (next) => {
        keepDomain(queries, next);
      },
    }),
  );
  const { keys, mayRotate } = domain.outbound;
  const [newest] = keys;
  if (newest === undefined) {
    return (
      <Block title={words.dkim} state={<State tone="hollow">{words.keyState.unchecked}</State>}>
        <p className="text-text-2">{words.noKey}</p>
      </Block>
    );
  }
  return (
    <Block
      title={words.dkim}
      state={<State tone={TONE[newest.state]}>{words.keyState[newest.state]}</State>}
    >
      {keys.map((key) =>
        key.removableAt === null ? (
          <KeyRecord key={key.selector} record={key} now={now} />
        ) : (
          <p key={key.selector} className="text-sm text-text-2">
            {words.retired(key.selector, formatInstant(key.removableAt, now, placeOfReader()))}
          </p>
        ),
      )}
      {mayRotate ? (
        <div>
          <Button
            duty="operate"
            busy={rotate.isPending}
            onClick={() => rotate.mutate({ name: domain.name })}
          >
            {words.rotate}
          </Button>
          <p className="mt-1.5 text-sm text-text-2">{words.rotateText}</p>
        </div>
      ) : null}
      {rotate.isError ? <ProblemNote error={rotate.error} /> : null}
    </Block>
  );
}

function KeyRecord({ record, now }: { readonly record: Key; readonly now: number }) {
  const quoted = record.strings.map((part) => `"${part}"`).join(' ');
  const checked =
    record.checkedAt === null ? m.domains.never : formatAgo(record.checkedAt, now, placeOfReader());
  const fields = (
    <dl className="surface grid gap-x-6 gap-y-2 px-4 py-3 text-sm sm:grid-cols-[1fr_auto_auto]">
      <RecordCell label={m.domains.dialog.name} value={record.name} copy />
      <RecordCell label={m.domains.dialog.type} value="TXT" />
      <RecordCell label={m.domains.dialog.ttl} value="3600" />
      <RecordCell label={m.domains.dialog.value} value={record.value} copy wide />
      <div className="col-span-full flex flex-wrap items-center gap-x-2 text-text-2">
        <dt>{words.strings}</dt>
        <dd>
          <CopyButton value={quoted} label={words.copyStrings} />
        </dd>
      </div>
    </dl>
  );
  return (
    <>
      <p className="text-text-2">
        {words.keySentence[record.state]} {m.domains.lastCheck}: {checked}.
        {record.checkDetail === null ? '' : ` ${record.checkDetail}`}
      </p>
      {record.state === 'correct' ? (
        <details>
          <summary className="w-fit rounded-control py-1 text-text-2">
            {words.showRecord(record.selector)}
          </summary>
          {fields}
        </details>
      ) : (
        fields
      )}
    </>
  );
}
