import { offline as words } from '../messages/en/offline.ts';
import { answerOwnPhone, useOwnPhone } from './own-phone.ts';
import './own-phone-strip.css';

/** Asked once, above the list, and drawn with it: what comes later would push the rows from under a thumb. */
export function OwnPhoneStrip({ user }: { readonly user: string }) {
  if (useOwnPhone(user) !== 'not-asked') return null;
  return (
    <section className="own-phone" aria-labelledby="own-phone">
      <h2 id="own-phone">{words.ownPhone}</h2>
      <p>{words.ownPhoneText}</p>
      <div className="buttons">
        <button type="button" className="btn primary" onClick={() => answerOwnPhone(user, 'yes')}>
          {words.ownPhoneYes}
        </button>
        <button type="button" className="btn" onClick={() => answerOwnPhone(user, 'no')}>
          {words.ownPhoneNo}
        </button>
      </div>
    </section>
  );
}
