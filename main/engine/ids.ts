import { hash, randomBytes } from 'node:crypto'
import type { Clock, Ids } from './context.ts'

function format(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * UUIDv7 (RFC 9562 5.7): 48 bits of epoch ms, then a 12-bit counter in rand_a so that ids of one process keep growing within a
 * millisecond and when the clock steps back, then 62 random bits.
 */
export function uuidV7(clock: Clock, random: (n: number) => Uint8Array = pooledBytes()): Ids {
  let lastMs = 0
  let counter = 0
  return {
    next() {
      const now = clock.now()
      if (now > lastMs) {
        lastMs = now
        counter = 0
      } else if (++counter > 0xfff) {
        lastMs++
        counter = 0
      }
      const bytes = random(16).slice()
      let ms = lastMs
      for (let i = 5; i >= 0; i--) {
        bytes[i] = ms % 256
        ms = Math.floor(ms / 256)
      }
      bytes[6] = 0x70 | (counter >> 8)
      bytes[7] = counter & 0xff
      bytes[8] = 0x80 | (bytes[8]! & 0x3f)
      return format(bytes)
    },
  }
}

/** Random bytes drawn from the system 4 KB at a time: a call for each id was one of the larger costs of an import. */
function pooledBytes(): (n: number) => Uint8Array {
  let pool = randomBytes(0)
  let at = 0
  return (n) => {
    if (at + n > pool.length) {
      pool = randomBytes(4096)
      at = 0
    }
    at += n
    return pool.subarray(at - n, at)
  }
}

const NAMESPACE = Buffer.from('6f1c6b0e9a0d4d5e8f0b7d2c3a4e5f60', 'hex')

const NIBBLES = '0123456789abcdef'

/** UUIDv5 (RFC 9562 5.5) in Daftar's namespace: the same parts give the same id on every device (set members, settings). */
export function uuidV5(...parts: string[]): string {
  // As text and in one call: an import makes several of these a row, and buffers in between cost more than the hash itself.
  const h = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(parts.join('\u0000'))]), 'hex')
  const variant = NIBBLES[8 | (Number.parseInt(h[16]!, 16) & 3)]
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`
}
