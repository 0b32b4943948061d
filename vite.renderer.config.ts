// Builds the page: one build for the browser (`latchkey serve`) and for the Electron window (app://latchkey/).
import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: path.join(import.meta.dirname, 'src/renderer'),
  // Relative, so that the same files work below http and below a custom protocol.
  base: './',
  publicDir: false,
  plugins: [react(), tailwindcss()],
  build: {
    target: ['chrome130', 'firefox130', 'safari18'],
    // The content policy has no data: for fonts, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    emptyOutDir: true,
    reportCompressedSize: true,
    // One page from this computer itself: parts would only add round trips.
    chunkSizeWarningLimit: 1_000,
  },
})
