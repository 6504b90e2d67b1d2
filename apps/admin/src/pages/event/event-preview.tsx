import type { EventPreview } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Consequence, NamedPeople } from '../../ui/consequences.tsx';
import { Note } from '../../ui/problem-note.tsx';

const words = m.event;

export function EventPreviewList({ preview }: { readonly preview: EventPreview }) {
  const { unreachable } = preview;
  return (
    <>
      {preview.primary.state === 'healthy' && preview.primary.seen ? (
        <Note tone="attention">{words.healthyWarning}</Note>
      ) : null}
      <div role="status">
        <ul className="surface divide-y divide-line">
          <Consequence title={words.covered(preview.covered)} text={words.coveredText} />
          <Consequence
            title={words.reachable(preview.reachable)}
            text={words.byChannel(preview.reachableBy.sms, preview.reachableBy.email)}
          />
          {unreachable.length === 0 ? (
            preview.covered === 0 ? null : (
              <Consequence title={words.everyoneReachable} />
            )
          ) : (
            <Consequence title={words.unreachable(unreachable.length)} text={words.unreachableText}>
              <NamedPeople people={unreachable}>{(some) => <Names people={some} />}</NamedPeople>
            </Consequence>
          )}
          <Consequence title={words.waiting(preview.waiting)} text={words.waitingText} />
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
    <Consequence
      title={words.failingReplies(failingReplies.length)}
      text={words.failingRepliesText}
    >
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
    </Consequence>
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
