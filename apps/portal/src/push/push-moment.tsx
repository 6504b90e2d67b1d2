import { useEffect, useMemo, type ComponentType } from 'react';
import { useOwnPhone } from '../offline/own-phone.ts';

/** Loaded while something is read, so that the question is drawn with the list and pushes nothing from under a thumb. */
let loaded: ComponentType<{ readonly user: string }> | null = null;

/** The moment to ask: back from the first message read on a device of one's own, never when the page opens. */
export function PushMoment(props: { readonly user: string; readonly isReading: boolean }) {
  const { user, isReading } = props;
  const isOwn = useOwnPhone(user) === 'yes';
  useEffect(() => {
    if (!isReading || !isOwn || loaded !== null) return;
    void import('./push-strip.tsx').then((m) => {
      loaded = m.PushStrip;
    });
  }, [isReading, isOwn]);
  const Strip = useMemo(() => (isReading ? null : loaded), [isReading]);
  return Strip === null || !isOwn ? null : <Strip user={user} />;
}
