import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'

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
  },
})

/** `vite build` builds the screen; other builds (main, preload) are modes of their own. */
export default defineConfig(({ command, mode }) => {
  switch (mode) {
    default:
      return renderer(command)
  }
})
