import type { MailPartyView, TracedMessage } from '@holdfast/contracts';
import type { ReactNode } from 'react';
import { bytes } from '../../format/bytes.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { visible } from '../../format/visible.ts';
import { m } from '../../messages/catalogue.ts';
import { useNow } from '../../ui/use-now.ts';

const words = m.mailFlow.message;

/** Addresses and names of a header field that are shown; a field may name thousands. */
const MOST_PARTIES = 20;

/** Envelope, checks and those headers that name the message: a stranger's text, none of its content. */
export function MessageFacts({ message }: { readonly message: TracedMessage }) {
  return (
    <section aria-label={words.facts} className="surface px-5 py-4">
      <div className="grid gap-x-8 gap-y-2.5 md:grid-cols-2">
        <Headers headers={message.headers} />
        <Reception message={message} />
      </div>
      <p className="mt-3 text-sm text-text-2">{words.noContent}</p>
    </section>
  );
}

/** What the message says of itself. */
function Headers({ headers }: Pick<TracedMessage, 'headers'>) {
  const now = useNow();
  return (
    <dl className="grid content-start gap-y-2.5">
      <Fact label={words.from}>
        {headers.from === null ? m.none : <Party party={headers.from} />}
      </Fact>
      <Fact label={words.to}>
        <Parties parties={headers.to} />
      </Fact>
      {headers.cc.length === 0 ? null : (
        <Fact label={words.cc}>
          <Parties parties={headers.cc} />
        </Fact>
      )}
      <Fact label={words.date}>
        {headers.date === null ? m.none : formatInstant(headers.date, now, placeOfReader())}
      </Fact>
      <Fact label={words.messageId}>
        <bdi>{headers.messageId === null ? m.none : visible(headers.messageId, 300)}</bdi>
      </Fact>
    </dl>
  );
}

/** What we saw of it. */
function Reception({ message }: { readonly message: TracedMessage }) {
  const { client } = message;
  return (
    <dl className="grid content-start gap-y-2.5">
      <Fact label={words.envelopeSender}>
        <bdi>{message.sender === '' ? m.mailFlow.nullSender : visible(message.sender, 320)}</bdi>
      </Fact>
      <Fact label={words.client}>
        {words.clientWords(client.ip, client.helo === null ? null : visible(client.helo, 255))}
      </Fact>
      <Fact label={words.tls}>
        {client.tls ?? (message.bytes.class === null ? words.unknown : words.noTls)}
      </Fact>
      <Fact label={words.authentication}>
        <bdi>
          {message.authentication === null ? words.notChecked : visible(message.authentication)}
        </bdi>
        <span className="block text-text-2">
          {message.senderAuthenticated ? words.proven : words.notProven}
        </span>
      </Fact>
      {message.content.length === 0 ? null : (
        <Fact label={words.content}>
          {message.content.map((finding) => (
            <bdi key={finding} className="block">
              {visible(finding)}
            </bdi>
          ))}
        </Fact>
      )}
      <Fact label={words.bytes}>
        {bytes(message.size)}
        {message.bytes.class === null ? '' : `. ${words.class[message.bytes.class]}`}
        <span className="block font-mono text-xs break-all text-text-2">{message.bytes.place}</span>
      </Fact>
    </dl>
  );
}

function Parties({ parties }: { readonly parties: readonly MailPartyView[] }) {
  if (parties.length === 0) return m.none;
  const more = parties.length - MOST_PARTIES;
  return (
    <>
      {parties.slice(0, MOST_PARTIES).map((party, index) => (
        <span key={index} className="block">
          <Party party={party} />
        </span>
      ))}
      {more > 0 ? <span className="text-text-2">{m.event.more(more)}</span> : null}
    </>
  );
}

function Party({ party }: { readonly party: MailPartyView }) {
  const name = visible(party.name, 120);
  return (
    <>
      {name === '' ? null : (
        <>
          <bdi>{name}</bdi>{' '}
        </>
      )}
      <bdi className={name === '' ? '' : 'text-text-2'}>{visible(party.address, 320)}</bdi>
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="grid content-start gap-x-4 sm:grid-cols-[130px_minmax(0,1fr)]">
      <dt className="text-text-2">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
