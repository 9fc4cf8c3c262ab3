import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Proof of having seen the address this process printed: 256 random bits, living as long as the process. */
export interface Session {
  token: string
  matches(candidate: string | null | undefined): boolean
  /** The cookie's name carries the port: cookies of 127.0.0.1 are shared by all its ports. */
  cookie(port: number): string
  has(request: IncomingMessage, port: number): boolean
}

export function newSession(token = randomBytes(32).toString('base64url')): Session {
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
