import { outboxStrip } from '../messages/en/outbox-strip.ts';
import { Link } from '../parts/link.tsx';
import { useOutboxSummary } from './summary.ts';

/** What waits on this device must not be forgotten. */
export function OutboxStrip() {
  const { waiting, over } = useOutboxSummary();
  if (waiting + over === 0) return null;
  return (
    <p className="strip" role="status">
      {over > 0 ? outboxStrip.over(over) : outboxStrip.waiting(waiting)} ·{' '}
      <Link to={{ page: 'outbox' }}>{outboxStrip.show}</Link>
    </p>
  );
}
