/** What carriers and people mean by "no more" (CTIA Messaging Principles §5.1.3), and how they come back. */
const STOP = new Set([
  'STOP',
  'STOPALL',
  'STOPP',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
  'ARRET',
]);
const START = new Set(['START', 'UNSTOP', 'OPTIN']);

/** An answer to one of our text messages; null when it is neither. One word only: "please do not stop" is no STOP. */
export function readSmsKeyword(text: string): 'stop' | 'start' | null {
  const word = text
    .normalize('NFKD')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');
  if (STOP.has(word)) return 'stop';
  return START.has(word) ? 'start' : null;
}

/** What is to be typed on the page behind the link in an e-mail. Case does not matter. */
export const STOP_WORD = 'STOP';
