import { useMemo } from 'react';
import { offline as words } from '../messages/en/offline.ts';
import { useRoute } from '../navigation.ts';
import { newerPage } from './newer-page.ts';

/** For those who did not take the offer when it came; drawn with the list, so that it pushes nothing from under a thumb. */
export function NewerStrip() {
  const { page } = useRoute();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- looked at when somebody comes back from writing, else it would jump in
  const take = useMemo(newerPage, [page]);
  if (take === null) return null;
  return (
    <p className="strip">
      {words.newer}{' '}
      <button type="button" className="link" onClick={take}>
        {words.reload}
      </button>
    </p>
  );
}
