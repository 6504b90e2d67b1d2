/** Whether somebody wants to be told of new mail on this device, as they said here. */
export type PushAnswer = 'yes' | 'no' | 'not-asked';

const PREFIX = 'holdfast.push.';

export function pushAnswer(user: string): PushAnswer {
  try {
    const answer = localStorage.getItem(PREFIX + user.toLowerCase());
    return answer === 'yes' || answer === 'no' ? answer : 'not-asked';
  } catch {
    // Storage is blocked: what cannot be remembered is not asked.
    return 'no';
  }
}

export function saveAnswer(user: string, answer: 'yes' | 'no'): void {
  try {
    localStorage.setItem(PREFIX + user.toLowerCase(), answer);
  } catch {
    // It holds as long as the page.
  }
}

/** Somebody has said yes on this device: there may be a subscription to look after. */
export function mayBeSubscribed(): boolean {
  try {
    return Object.keys(localStorage).some(
      (name) => name.startsWith(PREFIX) && localStorage.getItem(name) === 'yes',
    );
  } catch {
    return false;
  }
}
