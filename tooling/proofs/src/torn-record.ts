import { readdir, readFile, writeFile } from 'node:fs/promises';
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Proof, ProofForm } from './proof.ts';
import { bodyOf, emptySpool, headOf, readSpool, writerIn } from './spool/spool-on-trial.ts';

const RECORDS = 60;
const ROUNDS: Readonly<Record<ProofForm, number>> = { short: 60, long: 1500 };
/** Bodies of every length that lies in a record. Unit: bytes. */
const LONGEST = 6000;
const LARGEST_HOLE = 4096;

interface Written {
  readonly id: string;
  readonly bytes: number;
  readonly offset: number;
  readonly length: number;
}

/** What happens to a segment, and which bytes of it are not what they were. */
interface Damage {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  apply(bytes: Buffer): Buffer;
}

export const proof: Proof = {
  name: 'torn-record',
  says: 'a torn, cut or flipped record in the middle of a segment raises an alarm, and every other one is read',
  needs: [],
  async run(form) {
    await using spool = await emptySpool();
    const writer = writerIn(spool.directory);
    const written: Written[] = [];
    for (let count = 0; count < RECORDS; count += 1) {
      const id = randomUUID();
      const bytes = randomInt(LONGEST);
      const { offset, length } = await writer.append(headOf(id), bodyOf(id, bytes));
      written.push({ id, bytes, offset, length });
    }
    await writer.close();
    const [segment = ''] = await segmentsOf(spool.directory, writer.instance);
    const path = join(spool.directory, writer.instance, segment);
    const whole = await readFile(path);
    const seen = { flipped: 0, cut: 0, zeroed: 0, swapped: 0 };
    let spared = 0;
    for (let round = 0; round < ROUNDS[form]; round += 1) {
      const damage = chooseDamage(written);
      await writeFile(path, damage.apply(Buffer.from(whole)));
      spared += await check(spool.directory, written, damage);
      seen[damage.name as keyof typeof seen] += 1;
    }
    await control(spool.directory, path, whole);
    return [
      `${ROUNDS[form]} times damaged: ${Object.entries(seen)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ')}; ${spared} records beside the damage, all read, each damage told`,
      'control: with half of the segment cut off, what was in it is missed',
    ];
  },
};

async function segmentsOf(directory: string, instance: string): Promise<readonly string[]> {
  return (await readdir(join(directory, instance))).filter((name) => name.endsWith('.seg'));
}

/** Never in the last record: a torn end is what a writer leaves that died, and was promised to nobody. */
function chooseDamage(written: readonly Written[]): Damage {
  const last = written.at(-1)?.offset ?? 0;
  const from = randomInt(last);
  const length = 1 + randomInt(Math.min(LARGEST_HOLE, last - from));
  const to = from + length;
  const kinds: readonly (() => Damage)[] = [
    () => ({
      name: 'flipped',
      from,
      to: from + 1,
      apply(bytes) {
        bytes.writeUInt8(bytes.readUInt8(from) ^ (1 << randomInt(8)), from);
        return bytes;
      },
    }),
    () => ({
      name: 'cut',
      from,
      to,
      apply: (bytes) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]),
    }),
    () => ({ name: 'zeroed', from, to, apply: (bytes) => bytes.fill(0, from, to) }),
    () => ({
      name: 'swapped',
      from,
      to,
      apply(bytes) {
        bytes.subarray(from, to).reverse();
        return bytes;
      },
    }),
  ];
  const [first] = kinds;
  const chosen = kinds[randomInt(kinds.length)] ?? first;
  if (chosen === undefined) throw new Error('there are four kinds');
  return chosen();
}

async function check(
  directory: string,
  written: readonly Written[],
  damage: Damage,
): Promise<number> {
  const read = await readSpool(directory);
  const isHit = ({ offset, length }: Written): boolean =>
    offset < damage.to && damage.from < offset + length;
  const where = `${damage.name} from ${damage.from} to ${damage.to}`;
  let spared = 0;
  let unharmed = true;
  for (const record of written) {
    const isWhole = await read.isWhole(record.id, record.bytes);
    if (isHit(record)) unharmed &&= isWhole;
    else if (isWhole) spared += 1;
    else throw new Error(`A record beside the damage (${where}) was lost.`);
  }
  // What was reversed or overwritten with itself is no damage.
  if (!unharmed && read.alarms === 0) throw new Error(`Nobody was told of the damage: ${where}.`);
  return spared;
}

/** The proof itself must notice a loss. */
async function control(directory: string, path: string, whole: Buffer): Promise<void> {
  await writeFile(path, whole);
  const before = (await readSpool(directory)).records.size;
  await writeFile(path, whole.subarray(0, whole.length / 2));
  const after = (await readSpool(directory)).records.size;
  if (after >= before) throw new Error('Half a segment was cut off and nothing was missed.');
}
