import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The screen. Relative addresses, so that app:// and the loopback server serve the same files; no inline script,
 * so `script-src 'self'` holds. React Aria adds one <style> at run time and reads its nonce from the page's
 * <meta property="csp-nonce">: a host replaces the word __CSP_NONCE__ in index.html for each answer.
 */
const renderer = (command: 'build' | 'serve'): UserConfig => ({
  root: here('./renderer'),
  base: './',
  plugins: [react(), tailwindcss()],
  ...(command === 'build' ? { html: { cspNonce: '__CSP_NONCE__' } } : {}),
  build: {
    outDir: here('./dist/renderer'),
    emptyOutDir: true,
    // Electron 45 and the browsers of the last two years; light-dark() and nesting pass through unchanged.
    target: ['chrome128', 'firefox128', 'safari18'],
    // No data: addresses either: the policy then needs no exception for fonts and images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Read from the disk or from loopback: one file is the fastest there.
    chunkSizeWarningLimit: 4000,
  },
})

/** Main and engine read these from disk beside the bundle. */
const withMigrations: Plugin = {
  name: 'migrations',
  writeBundle: () => cpSync(here('./main/db/migrations'), here('./dist/main/migrations'), { recursive: true }),
}

/**
 * Both hosts and the threads. Everything also runs from the sources, but stripping types costs the engine's thread some 200 MB and a
 * second or more at the start.
 */
const node = (output: 'main' | 'preload'): UserConfig => ({
  plugins: output === 'main' ? [withMigrations] : [],
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
  build: {
    ssr: true,
    outDir: here('./dist/main'),
    emptyOutDir: output === 'main',
    target: 'node24',
    minify: false,
    rolldownOptions:
      output === 'main'
        ? {
            // The thread scripts keep their names: start.ts looks for them beside its own bundle.
            input: {
              main: here('./main/electron/main.ts'),
              web: here('./main/web/main.ts'),
              worker: here('./main/engine/worker.ts'),
              'reader-worker': here('./main/engine/reader-worker.ts'),
              'checkpoint-worker': here('./main/db/checkpoint-worker.ts'),
              'parse-worker': here('./main/modules/imports/parse/parse-worker.ts'),
            },
            output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
          }
        : {
            // A sandboxed preload must be CommonJS.
            input: { preload: here('./main/electron/preload.ts') },
            output: { format: 'cjs', entryFileNames: '[name].cjs' },
          },
  },
})

/** `vite build` builds the screen; other builds (main, preload) are modes of their own. */
export default defineConfig(({ command, mode }) => {
  switch (mode) {
    case 'main':
    case 'preload':
      return node(mode)
    default:
      return renderer(command)
  }
})
