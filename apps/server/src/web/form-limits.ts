import { Refusal, type Ports } from '@holdfast/application';
import { clientNetwork, MINUTE } from '@holdfast/domain';
import type { RequestHandler } from 'express';
import { clientIp } from './client-ip.ts';
import { createRequestLimiter } from './request-limiter.ts';

/** Posts of one client address: a whole office behind one address answers on the same morning. */
const POSTS_PER_CLIENT = { most: 600, window: 15 * MINUTE } as const;
/**
 * Posts for one link from one client address: a person needs about five. Not for the link alone: a mail scanner that
 * posts at will must not keep its owner out.
 */
export const POSTS_PER_LINK_AND_CLIENT = { most: 40, window: 15 * MINUTE } as const;

/** As much of a token as is told apart; real ones are shorter. Unit: characters. */
const LONGEST_TOKEN = 100;

/** For the form pages behind a link, which need no session. */
export function limitFormPosts(ports: Pick<Ports, 'clock'>): RequestHandler<{ token: string }> {
  const byClient = createRequestLimiter(POSTS_PER_CLIENT, ports.clock);
  const byLink = createRequestLimiter(POSTS_PER_LINK_AND_CLIENT, ports.clock);
  return (request, _response, next) => {
    if (request.method !== 'POST') return next();
    // A whole network of IPv6 is one: else a single client had as many counts as it likes, in our memory too.
    const client = clientNetwork(clientIp(request));
    const link = request.params.token.slice(0, LONGEST_TOKEN);
    if (byClient.admits(client) && byLink.admits(`${client} ${link}`)) return next();
    throw new Refusal(
      'session.too-many-attempts',
      'Too many tries in a short time. Wait 15 minutes, then open the link again.',
    );
  };
}
