/** What is said when the server, the address or the console itself fails. */
export const problem = {
  unreachable: 'Holdfast’s web server did not answer.',
  unreachableMeaning:
    'Mail is accepted and relayed by other processes and goes on. Check that you are online, then try again.',
  outdated: 'Reload',
  notFound: 'There is no such page',
  notFoundText: 'The address may be from an older version, or was typed by hand.',
  toOverview: 'Go to Overview',
  crashed: 'This page stopped',
  crashedText:
    'A fault in the console, not in your mail. Reload the page; if it comes back, restart the web role.',
  reload: 'Reload',
};
