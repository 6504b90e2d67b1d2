import { useState } from 'react';
import { push as words } from '../messages/en/push.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { pushAnswer, saveAnswer } from './push-answer.ts';
import { switchOn } from './switch-push.ts';
import { problemOf } from '../api.ts';
import '../offline/own-phone-strip.css';

/** Asked once, when somebody comes back to the list from reading on a device of their own. */
export function PushStrip({ user }: { readonly user: string }) {
  const [isAnswered, setAnswered] = useState(false);
  if (isAnswered || !mayAsk(user)) return null;
  const yes = (): void => {
    setAnswered(true);
    switchOn(user)
      .then((standing) => {
        // Whoever says no to the browser is not asked again by us; the account page says how to change it.
        if (standing !== 'on') saveAnswer(user, 'no');
        showSnack({ text: standing === 'on' ? words.isOn : words.isOff });
      })
      .catch((error: unknown) => {
        const text =
          error instanceof DOMException ? words.browserRefused : problemOf(error).message;
        showSnack({ text, tone: 'problem' });
      });
  };
  return (
    <section className="own-phone" aria-labelledby="push-strip">
      <h2 id="push-strip">{words.ask}</h2>
      <p>{words.askText}</p>
      <div className="buttons">
        <button type="button" className="btn primary" onClick={yes}>
          {words.askYes}
        </button>
        <button
          type="button"
          className="btn"
          onClick={() => {
            saveAnswer(user, 'no');
            setAnswered(true);
          }}
        >
          {words.askNo}
        </button>
      </div>
    </section>
  );
}

/** Where it would not work, or was refused in the browser, a question would be a trap. */
function mayAsk(user: string): boolean {
  if (!('PushManager' in window) || !('Notification' in window)) return false;
  return pushAnswer(user) === 'not-asked' && Notification.permission !== 'denied';
}
