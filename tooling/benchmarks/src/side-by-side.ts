import type { Line } from './benchmark.ts';
import { median, rounded } from './statistics.ts';

/** Takes one figure of one side. */
export type Take = () => Promise<number>;

/** Runs both sides in turn, so that what else the machine does hits both; the ratio is the median of each pair's own. */
export async function sideBySide(
  what: string,
  unit: string,
  runs: number,
  sides: { readonly ours: Take; readonly peer: Take },
): Promise<Line> {
  const pairs: { readonly ours: number; readonly peer: number }[] = [];
  for (let run = 0; run < runs; run += 1) {
    // Whoever goes first changes, since a cold disk cache would favour one side otherwise.
    const peerFirst = run % 2 === 1;
    const before = peerFirst ? await sides.peer() : null;
    const ours = await sides.ours();
    const peer = before ?? (await sides.peer());
    process.stderr.write(`  ${what}: ours ${rounded(ours)}, peer ${rounded(peer)} ${unit}\n`);
    pairs.push({ ours, peer });
  }
  return {
    what,
    ours: rounded(median(pairs.map(({ ours }) => ours))),
    peer: rounded(median(pairs.map(({ peer }) => peer))),
    ratio: rounded(median(pairs.map(({ ours, peer }) => ours / peer))),
    unit,
  };
}
