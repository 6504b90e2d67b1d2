import type { EventPreview } from '@holdfast/contracts';
import type { ReactNode } from 'react';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Note } from '../../ui/problem-note.tsx';

const words = m.event;
/** Names shown at once; the rest are counted and open on request. */
const NAMED = 8;

export function EventPreviewList({ preview }: { readonly preview: EventPreview }) {
  const { unreachable } = preview;
  return (
    <>
      {preview.primary.state === 'healthy' && preview.primary.seen ? (
        <Note tone="attention">{words.healthyWarning}</Note>
      ) : null}
      <div role="status">
        <ul className="surface divide-y divide-line">
          <Line title={words.covered(preview.covered)} text={words.coveredText} />
          <Line
            title={words.reachable(preview.reachable)}
            text={words.byChannel(preview.reachableBy.sms, preview.reachableBy.email)}
          />
          {unreachable.length === 0 ? (
            preview.covered === 0 ? null : (
              <Line title={words.everyoneReachable} />
            )
          ) : (
            <Line title={words.unreachable(unreachable.length)} text={words.unreachableText}>
              <Names people={unreachable.slice(0, NAMED)} />
              {unreachable.length > NAMED ? (
                <details>
                  <summary className="w-fit rounded-control py-1 text-text-2">
                    {words.more(unreachable.length - NAMED)}
                  </summary>
                  <Names people={unreachable.slice(NAMED)} />
                </details>
              ) : null}
            </Line>
          )}
          <Line title={words.waiting(preview.waiting)} text={words.waitingText} />
          <FailingReplies preview={preview} />
        </ul>
      </div>
      <p className="text-text-2">{words.delay(preview.noticeDelaySeconds)}</p>
    </>
  );
}

function FailingReplies({ preview }: { readonly preview: EventPreview }) {
  const { failingReplies } = preview;
  if (failingReplies.length === 0) return null;
  return (
    <Line title={words.failingReplies(failingReplies.length)} text={words.failingRepliesText}>
      <ul className="mt-1 text-sm">
        {failingReplies.map(({ domain, users, fate }) => (
          <li key={domain} className="break-words">
            {words.failingDomain(domain, users, fate)}
          </li>
        ))}
      </ul>
      <AppLink href="/domains" className="text-link inline-block py-0.5 text-sm">
        {words.toDomains}
      </AppLink>
    </Line>
  );
}

function Names({ people }: { readonly people: EventPreview['unreachable'] }) {
  return (
    <ul className="mt-1 text-sm">
      {people.map((person) => (
        <li key={person.id} className="flex flex-wrap gap-x-3">
          <span>{person.name}</span>
          <span className="num ml-auto text-text-2">
            {person.directoryPhone === null ? (
              words.noPhone
            ) : (
              <a
                className="text-link inline-block min-h-6 py-0.5"
                href={`tel:${person.directoryPhone.replaceAll(' ', '')}`}
              >
                {person.directoryPhone}
              </a>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Line({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}) {
  return (
    <li className="px-4 py-2.5">
      <p className="num font-medium">{title}</p>
      {text === undefined ? null : <p className="num text-text-2">{text}</p>}
      {children}
    </li>
  );
}
