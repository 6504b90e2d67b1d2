import type { ConnectionView } from '@holdfast/contracts';

type Tiers = ConnectionView['tiers'];

/**
 * What Microsoft will ask for when these tiers are wanted: a registration asks for all it has, so the smallest one that
 * covers most of them is taken, as the server does.
 */
export function nearestOffer(offered: readonly Tiers[], wanted: Tiers): Tiers {
  const covers = (offer: Tiers): number => wanted.filter((tier) => offer.includes(tier)).length;
  const [best] = offered.toSorted(
    (left, right) => covers(right) - covers(left) || left.length - right.length,
  );
  return best ?? wanted;
}
