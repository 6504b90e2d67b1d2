import { offline as words } from '../messages/en/offline.ts';
import { storage } from '../messages/en/storage.ts';
import { isShortLivedHere } from '../storage/short-lived.ts';
import { answerOwnPhone, useOwnPhone } from './own-phone.ts';

/** On the account page: the answer to *Is this your own device?*, to change. */
export function KeptMailSection({ user }: { readonly user: string }) {
  const answer = useOwnPhone(user);
  return (
    <section aria-labelledby="kept-mail">
      <h2 id="kept-mail">{words.kept}</h2>
      <label className="check">
        <input
          type="checkbox"
          checked={answer === 'yes'}
          onChange={(event) => answerOwnPhone(user, event.currentTarget.checked ? 'yes' : 'no')}
        />
        {words.keep}
      </label>
      <p className="hint">{words.keepText}</p>
      {isShortLivedHere() && <p className="hint">{storage.sevenDays}</p>}
    </section>
  );
}
