import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  define: { __CLIENT_VERSION__: JSON.stringify(manifest.version) },
  build: {
    outDir: 'dist',
    // The server's policy is script-src 'self': no data: scripts and no inline polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
