export const problems = {
  network: 'No connection. Nothing is lost; try again as soon as there is one.',
  internal: 'Something went wrong on our side. Try again in a minute.',
  outdated: 'There is a newer version of this page. Reload it; what you wrote is kept.',
  partMissing: 'This part of the page is not on this device yet',
  partMissingText:
    'It comes as soon as there is a connection. Reload the page then; what you wrote is kept.',
  reload: 'Reload',
  retry: 'Try again',
} as const;
