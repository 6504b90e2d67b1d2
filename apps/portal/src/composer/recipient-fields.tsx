import { useState } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { composer as words } from '../messages/en/composer.ts';
import { RecipientField } from './recipient-field.tsx';
import { isOutside } from './recipients.ts';

export function RecipientFields(props: {
  readonly draft: Draft;
  readonly isMissing: boolean;
  readonly ownDomains: readonly string[];
  readonly organisation: string;
  readonly onChange: (part: Partial<Draft>) => void;
}) {
  const { draft, ownDomains, onChange } = props;
  const [showMore, setShowMore] = useState(draft.cc.length + draft.bcc.length > 0);
  const [startsAtTo] = useState(draft.to.length === 0);
  const outside = [...draft.to, ...draft.cc, ...draft.bcc].filter(({ address }) =>
    isOutside(address, ownDomains),
  );
  const shared = { ownDomains, autoFocus: false, invalid: false };
  return (
    <>
      <RecipientField
        {...shared}
        label={words.to}
        parties={draft.to}
        autoFocus={startsAtTo}
        invalid={props.isMissing}
        onChange={(to) => onChange({ to })}
      />
      {showMore ? (
        <>
          <RecipientField
            {...shared}
            label={words.cc}
            parties={draft.cc}
            onChange={(cc) => onChange({ cc })}
          />
          <RecipientField
            {...shared}
            label={words.bcc}
            parties={draft.bcc}
            onChange={(bcc) => onChange({ bcc })}
          />
        </>
      ) : (
        <button type="button" className="link add-cc" onClick={() => setShowMore(true)}>
          {words.addCc}
        </button>
      )}
      {outside.length > 0 && (
        <p className="hint external" role="status">
          {words.someOutside(outside.length, props.organisation)}
        </p>
      )}
    </>
  );
}
