/** What the command palette says. */
export const palette = {
  title: 'Command palette',
  placeholder: 'Type a page or an action',
  none: 'Nothing by that name.',
  pages: 'Pages',
  actions: 'Actions',
  refreshMailboxes: 'Refresh mailboxes',
  requestInfo: 'Request alternate info…',
  cannotBeReached: 'Users who cannot be reached today',
  startEvent: 'Start an emergency event…',
  showShortcuts: 'Show keyboard shortcuts',
};
