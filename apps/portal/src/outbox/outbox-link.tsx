import { outboxStrip } from '../messages/en/outbox-strip.ts';
import { useRoute } from '../navigation.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { useOutboxSummary } from './summary.ts';

/** In the menu of folders, while something is in it. */
export function OutboxLink() {
  const { waiting, over } = useOutboxSummary();
  const isHere = useRoute().page === 'outbox';
  if (waiting + over === 0 && !isHere) return null;
  return (
    <Link to={{ page: 'outbox' }} aria-current={isHere ? 'page' : undefined}>
      <Icon name="clock" />
      {outboxStrip.title}
      {waiting + over > 0 && <span className="count num">{waiting + over}</span>}
    </Link>
  );
}
