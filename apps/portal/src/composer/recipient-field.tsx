import type { Party } from '@holdfast/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { trpc } from '../api.ts';
import { composer as words } from '../messages/en/composer.ts';
import { Icon } from '../parts/icon.tsx';
import { isAddress, isOutside, parseRecipients } from './recipients.ts';

/** Suggestions begin with this many letters. */
const LEAST_LETTERS = 2;
const SUGGESTIONS = 6;
/** What is pasted may be a list of a hundred people. Unit: characters. */
const LONGEST_QUERY = 80;

/** Recipients as chips and an input with completion (the ARIA combobox pattern). Enter, comma, Tab and leaving take what was typed. */
export function RecipientField(props: {
  readonly label: string;
  readonly parties: readonly Party[];
  readonly onChange: (parties: readonly Party[]) => void;
  readonly autoFocus: boolean;
  readonly invalid: boolean;
  readonly ownDomains: readonly string[];
}) {
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(-1);
  const query = text.trim().slice(0, LONGEST_QUERY);
  const search = useQuery(
    trpc.people.search.queryOptions(
      { query, limit: SUGGESTIONS },
      {
        enabled: query.length >= LEAST_LETTERS,
        staleTime: 60_000,
        placeholderData: keepPreviousData,
      },
    ),
  );
  const taken = new Set(props.parties.map((party) => party.address.toLowerCase()));
  const found =
    query.length < LEAST_LETTERS
      ? []
      : (search.data ?? []).filter((party) => !taken.has(party.address.toLowerCase()));

  function add(parties: readonly Party[]): void {
    const fresh = parties.filter((party) => !taken.has(party.address.toLowerCase()));
    if (fresh.length > 0) props.onChange([...props.parties, ...fresh]);
    setText('');
    setActive(-1);
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    const chosen = found[active];
    if (event.key === 'ArrowDown' && found.length > 0) setActive((active + 1) % found.length);
    else if (event.key === 'ArrowUp' && found.length > 0)
      setActive(active <= 0 ? found.length - 1 : active - 1);
    else if (event.key === 'Escape' && query !== '') setText('');
    else if (event.key === 'Backspace' && text === '') props.onChange(props.parties.slice(0, -1));
    else if (
      (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) ||
      event.key === ',' ||
      event.key === ';'
    ) {
      if (chosen !== undefined) add([chosen]);
      else if (query !== '') add(parseRecipients(text));
    } else return;
    if (event.key !== 'Backspace') event.preventDefault();
    event.stopPropagation();
  }

  function paste(event: ClipboardEvent<HTMLInputElement>): void {
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!/[,;\n<]/.test(pasted)) return;
    event.preventDefault();
    add(parseRecipients(pasted));
  }

  return (
    <div className="recipients">
      <label htmlFor={id}>{props.label}</label>
      <div className="chips">
        {props.parties.map((party) => (
          <Chip
            key={party.address}
            party={party}
            isOutside={isOutside(party.address, props.ownDomains)}
            onRemove={() => props.onChange(props.parties.filter((each) => each !== party))}
          />
        ))}
        <input
          id={id}
          type="text"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={props.invalid}
          data-first={props.autoFocus ? '' : undefined}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setActive(-1);
          }}
          onKeyDown={press}
          onPaste={paste}
          onBlur={() => {
            if (query !== '') add(parseRecipients(text));
          }}
        />
      </div>
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={words.suggestions}
        hidden={found.length === 0}
      >
        {found.map((party, index) => (
          <li
            key={party.address}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            // Before the input loses the focus and takes the half-typed name.
            onPointerDown={(event) => {
              event.preventDefault();
              add([party]);
            }}
          >
            <bdi>{party.name}</bdi> <bdi className="address">{party.address}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Chip(props: {
  readonly party: Party;
  readonly isOutside: boolean;
  readonly onRemove: () => void;
}) {
  const { name, address } = props.party;
  const kind = isAddress(address) ? (props.isOutside ? 'chip external' : 'chip') : 'chip bad';
  return (
    <span className={kind} title={props.isOutside ? `${address}, ${words.outside}` : address}>
      <bdi>{name || address}</bdi>
      {props.isOutside && <span className="visually-hidden">, {words.outside}</span>}
      <button
        type="button"
        aria-label={words.removeRecipient(name || address)}
        onClick={props.onRemove}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}
