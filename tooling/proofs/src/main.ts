/**
 * `npm run prove [-- --short] [name …]`: shows what the mail path promises. Every file beside this one is a proof of its
 * name; what several share is in folders.
 */
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { missingSentence } from '@holdfast/rig/debian-programs';
import type { Proof, ProofForm } from './proof.ts';

const MINUTE = 60_000;
/** A proof that takes longer hangs, which is a failure of its own. Unit: milliseconds. */
const LIMIT: Readonly<Record<ProofForm, number>> = { short: 3 * MINUTE, long: 60 * MINUTE };
const NOT_PROOFS = ['main.ts', 'proof.ts'];
const EXIT_USAGE = 64;
/** What was made for the first proof that asked for it, or why it could not be made. */
const preparations = new Map<() => Promise<unknown>, Promise<unknown>>();

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const form: ProofForm = args.includes('--short') ? 'short' : 'long';
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const known = proofNames();
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0 || args.includes('--list')) {
    if (unknown.length > 0) process.stderr.write(`There is no proof ${unknown.join(', ')}.\n`);
    process.stderr.write(`Proofs: ${known.join(', ')}\n`);
    process.exit(unknown.length > 0 ? EXIT_USAGE : 0);
  }
  const names = wanted.length > 0 ? wanted : known;
  let broken = 0;
  for (const name of names) {
    if (!(await prove(await load(name), form))) broken += 1;
  }
  process.stdout.write(`${names.length - broken} proved, ${broken} broken\n`);
  // A proof that hung may have left something open; what it started ends with this process.
  process.exit(broken === 0 ? 0 : 1);
}

function proofNames(): readonly string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => !NOT_PROOFS.includes(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();
}

async function load(name: string): Promise<Proof> {
  const { proof } = (await import(`./${name}.ts`)) as { readonly proof: Proof };
  if (proof.name !== name) throw new Error(`${name}.ts holds a proof that is called ${proof.name}`);
  return proof;
}

/** Once for all proofs that ask for the same: another try would fail like the first, after as long. */
async function prepare({ prepare: make }: Proof): Promise<void> {
  if (make === undefined) return;
  const made = preparations.get(make) ?? make();
  preparations.set(make, made);
  await made;
}

async function prove(proof: Proof, form: ProofForm): Promise<boolean> {
  process.stdout.write(`  ${proof.name}: ${proof.says}\n`);
  let startedAt = performance.now();
  const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  try {
    const missing = missingSentence(proof.needs);
    if (missing !== null) throw new Error(missing);
    await prepare(proof);
    startedAt = performance.now();
    for (const line of await limited(proof, form)) process.stdout.write(`    ${line}\n`);
    process.stdout.write(`✓ ${proof.name} (${form}, ${seconds()})\n`);
    return true;
  } catch (error) {
    process.stdout.write(`✗ ${proof.name} (${form}, ${seconds()})\n${textOf(error)}\n`);
    return false;
  }
}

async function limited(proof: Proof, form: ProofForm): Promise<readonly string[]> {
  const limit = (form === 'short' ? proof.shortLimit : undefined) ?? LIMIT[form];
  const done = new AbortController();
  const tooLong = wait(limit, undefined, { signal: done.signal }).then(() => {
    throw new Error(`It did not end within ${limit / MINUTE} minutes.`);
  });
  // Aborted below, which is no failure.
  tooLong.catch(() => undefined);
  try {
    return await Promise.race([proof.run(form), tooLong]);
  } finally {
    done.abort();
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nbecause of ${textOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
