import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1000;

export type BudgetName = 'inbox js' | 'inbox css' | 'reader js' | 'composer js' | 'forms css';

/** gzip bytes. The lazy chunks are counted with what only they load. */
export const BUDGETS: readonly { readonly name: BudgetName; readonly limit: number }[] = [
  { name: 'inbox js', limit: 70 * KB },
  { name: 'inbox css', limit: 10 * KB },
  { name: 'reader js', limit: 20 * KB },
  { name: 'composer js', limit: 10 * KB },
  { name: 'forms css', limit: 10 * KB },
];

interface Chunk {
  readonly file: string;
  readonly name?: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/** Its name is given in `vite.config.ts`. */
function firstChunk(manifest: Manifest): string {
  const isFirst = ([, chunk]: [string, Chunk]): boolean =>
    chunk.name === 'first' && chunk.file.endsWith('.js');
  return Object.entries(manifest).find(isFirst)?.[0] ?? 'first';
}

/** The chunk and everything it imports statically. */
function closure(manifest: Manifest, key: string, found = new Set<string>()): ReadonlySet<string> {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`dist has no chunk ${key}. Run the build again.`);
  if (found.has(key)) return found;
  found.add(key);
  for (const each of chunk.imports ?? []) closure(manifest, each, found);
  return found;
}

async function gzipBytes(dist: string, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(dist, file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Reads Vite's manifest in `dist`. Throws with what to do when there is none. */
export async function measure(dist: string): Promise<Readonly<Record<BudgetName, number>>> {
  const text = await readFile(join(dist, '.vite', 'manifest.json'), 'utf8').catch(() => {
    throw new Error('The portal is not built: run the build first (`vite build` in apps/portal).');
  });
  const manifest = JSON.parse(text) as Manifest;
  const inbox = closure(manifest, firstChunk(manifest));
  const filesOf = (keys: Iterable<string>): readonly string[] =>
    [...keys].flatMap((key) => manifest[key]?.file ?? []);
  const extra = (key: string): readonly string[] =>
    filesOf([...closure(manifest, key)].filter((each) => !inbox.has(each)));
  const css = [...inbox].flatMap((key) => manifest[key]?.css ?? []);
  return {
    'inbox js': await gzipBytes(dist, filesOf(inbox)),
    'inbox css': await gzipBytes(dist, css),
    'reader js': await gzipBytes(dist, extra('src/reader/reader.tsx')),
    'composer js': await gzipBytes(dist, extra('src/composer/composer.tsx')),
    'forms css': await gzipBytes(dist, ['forms.css']),
  };
}
