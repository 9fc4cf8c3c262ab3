import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'

/**
 * Sent by the command line, which has the session from the folder. No page can send it: a browser adds no headers to a socket, and shows the
 * session to no script.
 */
export const BY_FILE = 'x-daftar-by-file'

/** Proof of having seen the address this process printed: 256 random bits. */
export interface Session {
  token: string
  matches(candidate: string | null | undefined): boolean
  /** The cookie's name carries the port: cookies of 127.0.0.1 are shared by all its ports. */
  cookie(port: number): string
  has(request: IncomingMessage, port: number): boolean
}

const newToken = () => randomBytes(32).toString('base64url')
const KEPT = 'daftar.session'
const KEPT_MS = 30 * 24 * 60 * 60_000

/**
 * The token of a data folder, so that a window left open finds its way back after a restart. It lies beside the book, readable by this
 * user only as the book itself, and is renewed after 30 days; a folder that cannot be written to gets one that ends with the process.
 * @param now epoch ms
 */
export function keptToken(folder: string, now: number): string {
  const path = join(folder, KEPT)
  try {
    const { mtimeMs, mode } = statSync(path)
    const token = readFileSync(path, 'utf8')
    // On Windows the mode says nothing; there the profile folder is closed to others.
    const isClosed = process.platform === 'win32' || (mode & 0o077) === 0
    if (isClosed && now - mtimeMs < KEPT_MS && /^[\w-]{43}$/.test(token)) return token
  } catch {
    // The first start, or unreadable: a new one.
  }
  const token = newToken()
  try {
    writeFileSync(path, token, { mode: 0o600 })
    chmodSync(path, 0o600)
  } catch {
    // Full or read-only: the session lives as long as the process.
  }
  return token
}

export function newSession(token = newToken()): Session {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const matches = (candidate: string | null | undefined) =>
    typeof candidate === 'string' && timingSafeEqual(digest(candidate), digest(token))
  return {
    token,
    matches,
    cookie: (port) => `daftar_${port}=${token}; HttpOnly; SameSite=Strict; Path=/`,
    has(request, port) {
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
      return pairs.some(([name, value]) => name === `daftar_${port}` && matches(value))
    },
  }
}
