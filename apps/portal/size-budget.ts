import type { Language } from '@holdfast/contracts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1000;

/**
 * gzip bytes of what a page loads at once (`experience.md`'s budgets), and of lazy chunks that may be larger than others,
 * by their source: each is counted with what only it loads.
 */
const LIMITS: Readonly<Record<string, number>> = {
  'inbox js': 70 * KB,
  'inbox css': 10 * KB,
  'alternate info js': 35 * KB,
  'alternate info css': 10 * KB,
  // Half of it is the sanitiser; links that say where they lead, warnings, invitations and previews are the rest.
  'src/reader/reader.tsx js': 24 * KB,
  // With the outbox, the drafts' exchange with the server and uploads, which are loaded behind the first page anyway.
  // Two thirds of both are the form library, which only they need.
  'src/session/choose-password-page.tsx js': 16 * KB,
  'src/session/sign-in-page.tsx js': 18 * KB,
  'src/composer/composer.tsx js': 20 * KB,
  // Only for those who chose formatting: Squire (18 kB), and the sanitiser that the reader has as well.
  'src/composer/rich/rich-text.tsx js': 36 * KB,
};
/** Any other lazy chunk. */
const LAZY_LIMIT = { js: 10 * KB, css: 3 * KB } as const;

/** Loaded behind every first page, before anybody can open another part: counted once, by itself. */
const LOADED_BEHIND = 'src/outbox/leave-when-possible.ts';

/** What the alternate-info pages load: the server renders them, and names it itself. */
const FORM_SCRIPT = 'forms.js';
const FORM_STYLE = 'forms.css';

export interface Measured {
  readonly name: string;
  readonly bytes: number;
  readonly limit: number;
}

/** Vite's list of chunks, below `dist`. */
export const manifestOf = (language: Language): string => `.vite/manifest.${language}.json`;

interface Chunk {
  readonly file: string;
  readonly name?: string;
  readonly src?: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
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

/** Zero for what is not there: the alternate-info pages have no script today. */
async function gzipBytes(dist: string, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(join(dist, file)).catch(() => null);
      return bytes === null ? 0 : gzipSync(bytes).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function filesOf(manifest: Manifest, keys: readonly string[]) {
  const chunks = keys.flatMap((key) => manifest[key] ?? []);
  return {
    js: chunks.map(({ file }) => file),
    css: [...new Set(chunks.flatMap(({ css }) => css ?? []))],
  };
}

/** Reads Vite's manifest in `dist`: the first page, the alternate-info pages and every lazy chunk, whatever there is. */
export async function measure(dist: string, language: Language): Promise<readonly Measured[]> {
  const text = await readFile(join(dist, manifestOf(language)), 'utf8').catch(() => {
    throw new Error('The portal is not built: run the build first (`vite build` in apps/portal).');
  });
  const manifest = JSON.parse(text) as Manifest;
  const inbox = closure(manifest, firstChunk(manifest));
  const first = filesOf(manifest, [...inbox]);
  const there = new Set([...inbox, ...closure(manifest, LOADED_BEHIND)]);
  const lazy = new Set(Object.values(manifest).flatMap((chunk) => chunk.dynamicImports ?? []));
  const parts = [
    { name: 'inbox', ...first },
    { name: 'alternate info', js: [FORM_SCRIPT], css: [FORM_STYLE] },
    ...[...lazy].map((key) => {
      const { src, name = key } = manifest[key] ?? {};
      const shared = src === LOADED_BEHIND ? inbox : there;
      const own = [...closure(manifest, key)].filter((each) => !shared.has(each));
      return { name: src ?? name, ...filesOf(manifest, own) };
    }),
  ];
  return Promise.all(
    parts.flatMap((part) =>
      (['js', 'css'] as const).map(async (kind) => {
        const name = `${part.name} ${kind}`;
        const bytes = await gzipBytes(dist, part[kind]);
        return { name, bytes, limit: LIMITS[name] ?? LAZY_LIMIT[kind] };
      }),
    ),
  );
}
