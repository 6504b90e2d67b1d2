import { sendMail, smallMessage } from './mail.ts';
import type { Product } from './product.ts';
import { waitFor } from './wait-for.ts';
import type { WebClient } from './web-client.ts';

/** Linux answers on the whole of 127/8: an address of its own for the filter that stands in front. */
const FILTER = '127.0.8.8';
/** On the tenant's block list, which the installation copies. */
export const BLOCKED_SENDER = 'offers@casino.example';

/** Behind a filter that hands mail on nothing is refused: what would be goes to quarantine. */
export async function putFilterInFront(admin: WebClient): Promise<void> {
  await admin.mutate('domains.saveFilterMode', {
    name: 'contoso.example',
    filterMode: 'filter-in-front',
    trustedHops: [FILTER],
    confirmed: true,
  });
}

/** Refused as long as mx does not know the filter: asked again until it does. */
export async function sendThroughFilter(
  product: Product,
  to: string,
  subject: string,
): Promise<void> {
  const from = BLOCKED_SENDER;
  const raw = smallMessage({ from, to, subject });
  await waitFor('mx to take mail from the filter', async () => {
    const { mxPort: port } = product.facts;
    const answer = await sendMail({ port, from, to, raw, localAddress: FILTER });
    return answer.code === 250;
  });
}
