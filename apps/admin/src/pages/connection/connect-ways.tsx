import type { ConnectionView } from '@holdfast/contracts';
import { useState } from 'react';
import { m } from '../../messages/catalogue.ts';
import { Choice } from '../../ui/field.tsx';
import { ConnectForm } from './connect-form.tsx';
import { ConsentForm } from './consent-form.tsx';

const words = m.connection.ways;

/** The two ways to connect; the first one wherever this installation has it. */
export function ConnectWays({
  known,
  onDone,
  onCancel,
}: {
  readonly known: ConnectionView;
  readonly onDone: () => void;
  readonly onCancel: (() => void) | null;
}) {
  const hasOwn = known.offered.length > 0;
  const [way, setWay] = useState<'consent' | 'application'>(
    hasOwn ? (known.mode ?? 'consent') : 'application',
  );
  return (
    <div className="grid gap-5">
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1.5 font-medium">{words.label}</legend>
        <Choice
          name="way"
          checked={way === 'consent'}
          onChoose={() => setWay('consent')}
          label={words.consent}
          text={hasOwn ? words.consentText : words.consentMissing}
          disabled={!hasOwn}
        />
        <Choice
          name="way"
          checked={way === 'application'}
          onChoose={() => setWay('application')}
          label={words.own}
          text={words.ownText}
        />
      </fieldset>
      {way === 'consent' ? (
        <ConsentForm known={known} onCancel={onCancel} />
      ) : (
        <ConnectForm known={known} onDone={onDone} onCancel={onCancel} />
      )}
    </div>
  );
}
