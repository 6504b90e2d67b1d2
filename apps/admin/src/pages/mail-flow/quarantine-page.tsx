import { useNavigate, useSearch } from '@tanstack/react-router';
import { visible } from '../../format/visible.ts';
import { m } from '../../messages/catalogue.ts';
import { PageHeader } from '../../ui/page.tsx';
import { DeliveriesPage } from './deliveries-page.tsx';
import { AgoCell, MessageCell, RecipientCell } from './delivery-cells.tsx';
import type { DeliveryColumn } from './delivery-table.tsx';
import { QUARANTINE_STATES, readQueueSearch } from './queue-search.ts';

const words = m.mailFlow.quarantine;

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
    width: 'md:w-[24%]',
    cell: (row) => <RecipientCell row={row} />,
  },
  {
    label: words.column.why,
    sort: null,
    narrow: true,
    width: 'md:w-[24%]',
    cell: (row) => visible(m.mailFlow.verdictReason(row.verdictReason), 120),
  },
  {
    label: words.column.accepted,
    sort: 'accepted',
    narrow: false,
    width: 'w-[7.25rem]',
    cell: (row) => <AgoCell at={row.acceptedAt} />,
  },
];

export function QuarantinePage() {
  const search = readQueueSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={words.title} text={words.text} />
      <DeliveriesPage
        search={search}
        states={QUARANTINE_STATES}
        label={words.table}
        columns={COLUMNS}
        commands={['release-quarantine', 'discard']}
        empty={{ title: words.empty, text: words.emptyText }}
        figures={() => null}
        onSearch={(next, replace = false) =>
          void navigate({
            to: '/quarantine',
            search: readQueueSearch({ ...search, ...next }),
            replace,
            resetScroll: false,
          })
        }
      />
    </>
  );
}
