import { useState } from 'react';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { RANGES, type Range, type TraceSearch } from './trace-search.ts';

const words = m.mailFlow.trace;

type Draft = Readonly<Record<'sender' | 'recipient' | 'subject' | 'id' | 'from' | 'to', string>>;

/** What is looked for goes into the address when it is asked for, not with every letter: a trace may read much. */
export function TraceForm({
  search,
  onSearch,
}: {
  readonly search: TraceSearch;
  readonly onSearch: (next: TraceSearch) => void;
}) {
  const [range, setRange] = useState<Range>(search.range ?? '7d');
  const [draft, setDraft] = useState<Draft>({
    sender: search.sender ?? '',
    recipient: search.recipient ?? '',
    subject: search.subject ?? '',
    id: search.id ?? '',
    from: search.from ?? '',
    to: search.to ?? '',
  });
  const text = (name: keyof Draft, label: string, options: TextOptions = {}) => (
    <TextField
      label={label}
      value={draft[name]}
      onChange={(value) => setDraft({ ...draft, [name]: value })}
      {...options}
    />
  );
  return (
    <form
      role="search"
      aria-label={words.form}
      className="surface mb-4 grid gap-x-4 gap-y-3 px-5 py-4 md:grid-cols-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch({ ...draft, range });
      }}
    >
      {text('sender', words.sender, { first: true, placeholder: words.addressHint })}
      {text('recipient', words.recipient, { placeholder: words.addressHint })}
      {text('subject', words.subject, { placeholder: words.subjectHint })}
      {text('id', words.id)}
      <Field label={words.range}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={range}
            onChange={(event) => {
              const next = RANGES.find((one) => one === event.target.value);
              if (next !== undefined) setRange(next);
            }}
          >
            {RANGES.map((one) => (
              <option key={one} value={one}>
                {words.ranges[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {range === 'between' ? (
        <>
          {text('from', words.from, { type: 'datetime-local' })}
          {text('to', words.to, { type: 'datetime-local' })}
        </>
      ) : null}
      <div className="flex items-end gap-2 md:col-start-4 md:justify-end">
        <Button look="quiet" onClick={() => onSearch({})}>
          {words.clear}
        </Button>
        <Button look="primary" type="submit" icon="search">
          {words.submit}
        </Button>
      </div>
    </form>
  );
}

interface TextOptions {
  readonly first?: boolean;
  readonly placeholder?: string;
  readonly type?: 'text' | 'datetime-local';
}

function TextField({
  label,
  value,
  onChange,
  first = false,
  placeholder,
  type = 'text',
}: TextOptions & {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          {...(first && { 'data-list-filter': true })}
          type={type}
          className="input"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
