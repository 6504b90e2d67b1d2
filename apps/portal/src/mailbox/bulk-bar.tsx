import type { MailboxFolder, MailboxRow } from '@holdfast/contracts';
import type { IconName } from '@holdfast/design/icons';
import { bulk } from '../messages/en/bulk.ts';
import { en } from '../messages/en.ts';
import { Icon } from '../parts/icon.tsx';
import {
  isMoveTarget,
  markAllRead,
  markFlagged,
  markRead,
  MOVE_TARGETS,
  moveRows,
  type MoveTarget,
} from './mail-actions.ts';
import { isUnread } from './row-changes.ts';
import type { Selection } from './selection.ts';

interface BulkProps {
  readonly folder: MailboxFolder | null;
  readonly rows: readonly MailboxRow[];
  readonly selected: readonly MailboxRow[];
  readonly selection: Selection;
  readonly mayWrite: boolean;
}

/** In the place of the head and of the folders below, while rows are selected. */
export function BulkBar(props: BulkProps) {
  const { rows, selected, selection, folder } = props;
  return (
    <>
      <div className="bar selecting-bar">
        <button type="button" className="icon" aria-label={bulk.end} onClick={selection.end}>
          <Icon name="close" />
        </button>
        <p role="status">{bulk.selected(selected.length)}</p>
        <span className="spring" />
        <button
          type="button"
          className="btn"
          onClick={() => selection.change(() => new Set(rows.map(({ id }) => id)))}
        >
          {bulk.all}
        </button>
      </div>
      <div className="bulk" role="group" aria-label={bulk.label}>
        {selected.length > 0 ? (
          <Actions {...props} />
        ) : (
          folder !== null &&
          folder !== 'sent' && (
            <button
              type="button"
              className="read-all"
              onClick={() => {
                selection.end();
                void markAllRead(folder);
              }}
            >
              <Icon name="check" />
              {bulk.readAll(en.folders[folder])}
            </button>
          )
        )}
      </div>
    </>
  );
}

function Actions({ folder, selected, selection, mayWrite }: BulkProps) {
  const hasUnread = selected.some(isUnread);
  const hasUnflagged = selected.some((row) => !row.isFlagged);
  const movable = selected.filter((row) => isMoveTarget(row.folder));
  const act = (deed: () => void) => (): void => {
    selection.end();
    deed();
  };
  const action = (icon: IconName, text: string, deed: () => void) => (
    <button type="button" onClick={act(deed)}>
      <Icon name={icon} />
      {text}
    </button>
  );
  const moveTo = (to: MoveTarget) => (): void => moveRows(movable, to);
  const canMove = mayWrite && movable.length > 0;
  return (
    <>
      {action('mail', hasUnread ? bulk.read : bulk.unread, () => markRead(selected, hasUnread))}
      {mayWrite &&
        action('flag', hasUnflagged ? bulk.flag : bulk.unflag, () =>
          markFlagged(selected, hasUnflagged),
        )}
      {canMove && folder !== 'archive' && action('archive', bulk.archive, moveTo('archive'))}
      {canMove &&
        (folder === 'junk'
          ? action('inbox', bulk.notJunk, moveTo('inbox'))
          : folder === 'deleted' || folder === 'archive'
            ? action('inbox', bulk.toInbox, moveTo('inbox'))
            : action('junk', bulk.junk, moveTo('junk')))}
      {canMove && folder !== 'deleted' && action('trash', bulk.delete, moveTo('deleted'))}
      {canMove && (
        <label className="move">
          <Icon name="more" />
          {bulk.move}
          <select
            aria-label={bulk.moveTo}
            value=""
            onChange={(event) => {
              const to = MOVE_TARGETS.find((target) => target === event.currentTarget.value);
              if (to !== undefined) act(moveTo(to))();
            }}
          >
            <option value="" disabled>
              {bulk.moveTo}
            </option>
            {MOVE_TARGETS.filter((target) => target !== folder).map((target) => (
              <option key={target} value={target}>
                {en.folders[target]}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
