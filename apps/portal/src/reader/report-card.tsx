import type { MessageView } from '@holdfast/contracts';
import { reportCard as words } from '../messages/en/report-card.ts';
import { Link } from '../parts/link.tsx';
import './report-card.css';

/** What a delivery report says in words, above what its mail system wrote. */
export function ReportCard({ message }: { readonly message: MessageView }) {
  const { reported } = message;
  if (reported === null) return null;
  const { sent, itemId, recipients } = reported;
  return (
    <section className="report" aria-labelledby="report-heading">
      <h2 id="report-heading">{words.heading}</h2>
      {sent === 'unknown' ? (
        <p>{words.unknown}</p>
      ) : (
        <ul>
          {recipients.map((said) => (
            <li key={said.recipient}>
              <i className={`dot ${said.level}`} />
              <span>
                <bdi>{said.recipient}</bdi> {said.words}
              </span>
            </li>
          ))}
        </ul>
      )}
      {sent === 'elsewhere' && <p>{words.elsewhere}</p>}
      {itemId !== null && (
        <Link to={{ page: 'folder', folder: 'sent', itemId }} className="btn">
          {words.show}
        </Link>
      )}
    </section>
  );
}
