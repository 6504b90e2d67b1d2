import { useNavigate, useSearch } from '@tanstack/react-router';
import { m } from '../../messages/catalogue.ts';
import { PageHeader } from '../../ui/page.tsx';
import { DeliveriesPage } from './deliveries-page.tsx';
import { AgoCell, MessageCell, NextTryCell, RecipientCell, StateCell } from './delivery-cells.tsx';
import type { DeliveryColumn } from './delivery-table.tsx';
import { QueueCounts } from './queue-counts.tsx';
import { SpoolAlarms } from './spool-alarms.tsx';
import { QUEUE_STATES, readQueueSearch } from './queue-search.ts';

const words = m.mailFlow.queue;

const COLUMNS: readonly DeliveryColumn[] = [
  {
    label: words.column.message,
    sort: null,
    narrow: true,
    width: '',
    cell: (row) => <MessageCell row={row} />,
  },
  {
    label: words.column.recipient,
    sort: 'recipient',
    narrow: false,
    width: 'md:w-[22%]',
    cell: (row) => <RecipientCell row={row} />,
  },
  {
    label: words.column.state,
    sort: null,
    narrow: true,
    width: 'md:w-[18%]',
    cell: (row) => <StateCell row={row} />,
  },
  {
    label: words.column.next,
    sort: 'due',
    narrow: false,
    width: 'w-[9.375rem] max-xl:hidden',
    cell: (row) => <NextTryCell row={row} />,
  },
  {
    label: words.column.tries,
    sort: 'attempts',
    narrow: false,
    width: 'w-[4.25rem] num text-text-2 max-xl:hidden',
    cell: (row) => row.attempts,
  },
  {
    label: words.column.accepted,
    sort: 'accepted',
    narrow: false,
    width: 'w-[7.25rem]',
    cell: (row) => <AgoCell at={row.acceptedAt} />,
  },
];

export function QueuePage() {
  const search = readQueueSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={words.title} text={words.text} />
      <SpoolAlarms />
      <DeliveriesPage
        search={search}
        states={QUEUE_STATES}
        label={words.table}
        columns={COLUMNS}
        commands={['retry', 'hold', 'release', 'discard']}
        empty={{ title: words.empty, text: words.emptyText }}
        figures={(page) => <QueueCounts counts={page.counts} />}
        onSearch={(next, replace = false) =>
          void navigate({
            to: '/queue',
            search: readQueueSearch({ ...search, ...next }),
            replace,
            resetScroll: false,
          })
        }
      />
    </>
  );
}
