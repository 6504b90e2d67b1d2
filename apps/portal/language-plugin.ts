import type { Language } from '@holdfast/contracts';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { page as german } from './src/messages/de/page.ts';
import { page as english } from './src/messages/en/page.ts';

const PAGES = { en: english, de: german } as const;
const ENGLISH = '/src/messages/en/';

/** The page of a language. The server's `built-files.ts` looks for these. */
export const pageFileOf = (language: Language): string =>
  language === 'en' ? 'index.html' : `index.${language}.html`;

/**
 * Builds the portal in one language: what is imported from `messages/en/` is taken from that language's folder, so that
 * no page carries words that it never says, and every lazy chunk brings its own. A missing file fails the build.
 */
export function speakOnly(language: Language): Plugin {
  const words = PAGES[language];
  return {
    name: 'holdfast:language',
    resolveId: {
      order: 'pre',
      filter: { id: /\/en\/[\w-]+\.ts$/ },
      handler(source, importer) {
        if (importer === undefined || !source.startsWith('.')) return null;
        const path = join(dirname(importer), source);
        return path.includes(ENGLISH) ? path.replace(ENGLISH, `/src/messages/${language}/`) : null;
      },
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html
          .replace('{{language}}', words.language)
          .replace('{{title}}', words.title)
          .replace('{{shortTitle}}', words.shortTitle)
          .replace(
            '{{manifest}}',
            language === 'en' ? '/portal.webmanifest' : `/portal.${language}.webmanifest`,
          ),
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const html = bundle['index.html'];
        if (language === 'en' || html?.type !== 'asset') return;
        delete bundle['index.html'];
        this.emitFile({ type: 'asset', fileName: pageFileOf(language), source: html.source });
      },
    },
  };
}
