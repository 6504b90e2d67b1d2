import * as contracts from '@holdfast/contracts';
import { LANGUAGES, type Language } from '@holdfast/contracts';
import { build, defineConfig, type Plugin, type UserConfig } from 'vite';
import { speakOnly } from './language-plugin.ts';
import manifest from './package.json' with { type: 'json' };
import { listFilesForServiceWorker, serviceWorkerOf } from './service-worker-plugin.ts';
import { manifestOf } from './size-budget.ts';
import type { Limits } from './src/limits.ts';
import { textInRem } from './text-in-rem.ts';

/** Going back to React is deleting this list (decided in experience.md: the stack is half the size on preact/compat). */
const preactForReact = [
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react$/, replacement: 'preact/compat' },
];

const portal = (language: Language): UserConfig => ({
  plugins: [speakOnly(language), listFilesForServiceWorker(language)],
  define: {
    __CLIENT_VERSION__: JSON.stringify(manifest.version),
    __SERVICE_WORKER__: JSON.stringify(`/${serviceWorkerOf(language)}`),
    // Schemas are built by calls when a module loads: importing one number from there at run time brings 25 kB of zod.
    __LIMITS__: JSON.stringify({
      FOLDER_COUNTED_TO: contracts.FOLDER_COUNTED_TO,
      MAILBOX_FOLDERS: contracts.MAILBOX_FOLDERS,
      MAX_ATTACHMENTS: contracts.MAX_ATTACHMENTS,
      MAX_QUERY_LENGTH: contracts.MAX_QUERY_LENGTH,
      MAX_SUBMISSION_BYTES: contracts.MAX_SUBMISSION_BYTES,
      MIN_PASSWORD_LENGTH: contracts.MIN_PASSWORD_LENGTH,
      MAX_SIGNATURE: contracts.MAX_SIGNATURE,
      UNDO_CHOICES: contracts.UNDO_CHOICES,
      UPLOAD_PIECE_BYTES: contracts.UPLOAD_PIECE_BYTES,
    } satisfies Limits),
  },
  css: { postcss: { plugins: [textInRem()] } },
  resolve: { alias: preactForReact, dedupe: ['preact'] },
  build: {
    outDir: 'dist',
    // Files carry their content in their name: what two languages share is written once.
    emptyOutDir: language === FIRST,
    target: 'es2022',
    // The page's policy is script-src 'self' and font-src 'self': nothing as data:, no inline preload helper.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: manifestOf(language),
    rolldownOptions: {
      input: {
        index: 'index.html',
        forms: 'src/forms.css',
        worker: 'src/service-worker/service-worker.ts',
      },
      // 'use client' means nothing to a page without a server of its own.
      checks: { moduleLevelDirective: false },
      output: {
        // What the first page needs is one file: cut where lazy chunks share it, it is 1 kB larger.
        codeSplitting: {
          groups: [
            {
              name: 'first',
              tags: ['$initial'],
              test: /^(?!.*\/(?:service-worker\/|messages\/\w+\/push-notice\.)).*\.[cm]?[jt]sx?$/,
            },
          ],
        },
        entryFileNames: (chunk) =>
          chunk.name === 'worker' ? serviceWorkerOf(language) : 'assets/[name]-[hash].js',
        // The alternate-info pages are rendered by the server, which cannot know a hash.
        assetFileNames: (asset) =>
          asset.names.includes('forms.css') ? 'forms.css' : 'assets/[name]-[hash][extname]',
      },
    },
  },
});

/** One command makes all languages, with `--watch` too. */
function thenTheOthers(): Plugin {
  return {
    name: 'holdfast:other-languages',
    apply: 'build',
    async closeBundle() {
      const root = import.meta.dirname;
      for (const language of LANGUAGES.slice(1))
        await build({ configFile: false, root, logLevel: 'warn', ...portal(language) });
    },
  };
}

const [FIRST] = LANGUAGES;
const first = portal(FIRST);

export default defineConfig({ ...first, plugins: [...(first.plugins ?? []), thenTheOthers()] });
