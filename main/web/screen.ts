import { randomBytes } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** A file of the built screen, ready to be sent by any host. */
export interface ScreenFile {
  status: number
  headers: Record<string, string>
  body: Buffer | string
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/**
 * What a page may do: run its own scripts, talk to its own host, nothing else. React Aria adds one <style> at run time, which carries
 * the nonce; there is no 'unsafe-inline' anywhere.
 * @param connect where calls go: "'self' ws://127.0.0.1:4321", or 'none' where they go over a MessagePort
 */
export function policy(nonce: string, connect: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src ${connect}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Sent with every answer of every host. */
export const GUARDS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
} as const

export const newNonce = () => randomBytes(16).toString('base64')

const gone: ScreenFile = { status: 404, headers: { ...GUARDS, 'Content-Type': 'text/plain' }, body: 'Not found' }

/**
 * The file of the screen at a URL path ('/' is the page), or 404. A path that leads out of `root`, by dots, encoding or a link, is 404 too.
 * @param root folder of the built screen (dist/renderer)
 */
export async function screenFile(root: string, urlPath: string, connect: string): Promise<ScreenFile> {
  let name: string
  try {
    name = decodeURIComponent(urlPath)
  } catch {
    return gone
  }
  if (name === '/') name = '/index.html'
  const type = TYPES[extname(name)]
  if (!type || /[\\\0]|(^|\/)\.\.?(\/|$)/.test(name)) return gone
  try {
    const base = realpathSync(root)
    const path = realpathSync(join(base, name))
    if (!path.startsWith(base + sep)) return gone
    const body = await readFile(path)
    if (!name.endsWith('.html')) {
      // Names in assets/ carry a hash of the content.
      const kept = name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
      return { status: 200, headers: { ...GUARDS, 'Content-Type': type, 'Cache-Control': kept }, body }
    }
    const nonce = newNonce()
    return {
      status: 200,
      headers: {
        ...GUARDS,
        'Content-Type': type,
        'Cache-Control': 'no-store',
        'Content-Security-Policy': policy(nonce, connect),
      },
      body: body.toString('utf8').replaceAll('__CSP_NONCE__', nonce),
    }
  } catch {
    return gone
  }
}
