import { createHmac, createPublicKey, hash, randomBytes, randomUUID, timingSafeEqual, verify } from 'node:crypto'

/** Everything the server takes from outside, so that a simulation can be in its place: no other file here asks for time or chance. */
export interface Host {
  /** Epoch ms. */
  now(): number
  uuid(): string
  random(bytes: number): Uint8Array
  /** Hex. */
  sha256(text: string): string
  hmac(key: string, text: string): string
  /** Ed25519: key raw 32 bytes and signature in base64. False also for what is no key. */
  verify(key: string, text: string, signature: string): boolean
  log(event: string, facts?: Record<string, unknown>): void
}

export const nodeHost = (log: Host['log']): Host => ({
  now: () => Date.now(),
  uuid: () => randomUUID(),
  random: chance(),
  ...nodeCrypto,
  log,
})

/** Bytes from a store of them: the system is asked for many as quickly as for few. None is given twice. */
function chance(): Host['random'] {
  let left = new Uint8Array()
  return (bytes) => {
    if (bytes > left.length) left = new Uint8Array(randomBytes(Math.max(bytes, 4_096)))
    const given = left.slice(0, bytes)
    left = left.subarray(bytes)
    return given
  }
}

export const nodeCrypto = {
  sha256: (text: string) => hash('sha256', text, 'hex'),
  hmac: (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64url'),
  verify(key: string, text: string, signature: string): boolean {
    try {
      const raw = Buffer.from(key, 'base64')
      if (raw.length !== 32) return false
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
      return verify(
        null,
        Buffer.from(text),
        createPublicKey({ key: jwk, format: 'jwk' }),
        Buffer.from(signature, 'base64'),
      )
    } catch {
      return false
    }
  },
}

export function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
