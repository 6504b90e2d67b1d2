import type { MessageView } from '@holdfast/contracts';
import { reader as words } from '../messages/en/reader.ts';

const DOTS: Readonly<Record<string, string>> = {
  delivered: 'good',
  bounced: 'problem',
  discarded: 'problem',
  deferred: 'attention',
  held: 'attention',
};

/** Of a sent message: where it stands for each recipient. */
export function Deliveries(props: {
  readonly message: MessageView;
  /** Sends it again to another address; absent where nothing can be sent. */
  readonly onCorrect?: ((recipient: string) => void) | undefined;
}) {
  const { message } = props;
  if (message.deliveries.length === 0) return null;
  return (
    <section className="deliveries" aria-labelledby="deliveries-heading">
      <h2 id="deliveries-heading">{words.deliveries}</h2>
      <ul>
        {message.deliveries.map((delivery) => (
          <li key={delivery.recipient}>
            <i className={`dot ${DOTS[delivery.state.split('.')[0] ?? ''] ?? 'hollow'}`} />
            <bdi>{delivery.recipient}</bdi>
            <span>{delivery.words}</span>
            {delivery.mayCorrect && props.onCorrect !== undefined && (
              <button
                type="button"
                className="btn"
                onClick={() => props.onCorrect?.(delivery.recipient)}
              >
                {words.correct}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
