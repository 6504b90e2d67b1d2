import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** Going back to React is deleting this list (decided in experience.md: the stack is half the size on preact/compat). */
const preactForReact = [
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react$/, replacement: 'preact/compat' },
];

export default defineConfig({
  define: { __CLIENT_VERSION__: JSON.stringify(manifest.version) },
  resolve: { alias: preactForReact, dedupe: ['preact'] },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The page's policy is script-src 'self' and font-src 'self': nothing as data:, no inline preload helper.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    rolldownOptions: {
      input: { index: 'index.html', forms: 'src/forms.css' },
      // Schemas are built by calls; unless those are known to be pure, the one number we need from contracts brings zod with it.
      treeshake: { manualPureFunctions: ['z', 'address'] },
      output: {
        // The alternate-info pages are rendered by the server, which cannot know a hash.
        assetFileNames: (asset) =>
          asset.names.includes('forms.css') ? 'forms.css' : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
