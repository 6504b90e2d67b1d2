import './helpdesk.css';
import type { HelpdeskView } from '@holdfast/contracts';
import { help } from '../messages/en/help.ts';
import { keptHelpdesk } from './kept-helpdesk.ts';

/** Whom to ask, reached by a touch. Nothing where the organisation has named nobody. */
export function Helpdesk(props: { readonly helpdesk: HelpdeskView | null }) {
  const helpdesk = props.helpdesk ?? keptHelpdesk();
  if (helpdesk === null) return null;
  const { email, hours, name, phone, url } = helpdesk;
  return (
    <section className="helpdesk" aria-label={help.title}>
      <p>
        {help.ask} <b>{name}</b>
        {hours !== null && ` · ${hours}`}
      </p>
      <ul>
        {phone !== null && (
          <li>
            <a href={`tel:${phone.e164}`}>{phone.shown}</a>
          </li>
        )}
        {email !== null && (
          <li>
            <a href={`mailto:${email}`}>{email}</a>
          </li>
        )}
        {url !== null && (
          <li>
            <a href={url} target="_blank" rel="noreferrer">
              {url.replace(/^https:\/\//, '')}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}
