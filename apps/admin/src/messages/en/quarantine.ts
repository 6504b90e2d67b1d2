/** What the Quarantine page says. */
export const quarantine = {
  title: 'Quarantine',
  text: 'Mail kept back for its verdict, before anybody saw it. It reaches nobody until it is released here.',
  table: 'Deliveries in quarantine',
  column: { message: 'Message', recipient: 'Recipient', why: 'Why', accepted: 'Accepted' },
  empty: 'Nothing is in quarantine',
  emptyText:
    'Mail comes here when a verdict says so, for one of several recipients, or behind a filter that could not refuse it.',
};
