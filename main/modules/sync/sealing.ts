import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { BadSeal } from '../../sync/parts.ts'

/**
 * What only owners shall read: sealed for some recipients, so that each of them can open it and whoever sealed it cannot (SYNC.md 9, 11).
 *
 * Put together as age (https://age-encryption.org/v1) and HPKE's base mode (RFC 9180) are: a chance content key encrypts the text (gzip, AES-256-GCM). For each
 * recipient that key is encrypted (AES-256-GCM) under HKDF-SHA256 (RFC 5869) of the X25519 secret (RFC 7748) that a key made for this one message shares
 * with the recipient's, salted with both public keys. Every key encrypts once, so all nonces are zero. With the text go, authenticated and in the clear,
 * what it is about and the whole head. It does not say who sealed it.
 *
 * A device's key is derived from the secret it has anyway (HKDF-SHA256): there is no second one to keep, and those that registered before have it.
 */
const VERSION = 1
const LABEL = `daftar sealed ${VERSION}`
const NONCE = Buffer.alloc(12)
const TAG = 16
const KEY = 32
/** What an opened text may inflate to. */
const MOST = 256 << 20

const Sealed = z.object({
  v: z.literal(VERSION),
  /** The message's own public key. */
  share: z.base64(),
  /** By recipient: how its key begins as a hash, and the content key for it. */
  to: z.array(z.tuple([z.string(), z.base64()])).max(10_000),
  body: z.base64(),
})
type Sealed = z.infer<typeof Sealed>

/** X25519 private keys come raw in this frame (RFC 8410). */
const FRAME = Buffer.from('302e020100300506032b656e04220420', 'hex')
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** @param secret Ed25519 as JWK (node-parts.ts newKey) */
function keyOf(secret: string): KeyObject {
  const seed = Buffer.from((JSON.parse(secret) as { d: string }).d, 'base64url')
  const own = Buffer.from(hkdfSync('sha256', seed, '', 'daftar recipient 1', KEY))
  return createPrivateKey({ key: Buffer.concat([FRAME, own]), format: 'der', type: 'pkcs8' })
}

function rawPublic(key: KeyObject): Buffer {
  const { x } = createPublicKey(key as never).export({ format: 'jwk' })
  return Buffer.from(x!, 'base64url')
}

const publicKey = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(raw).toString('base64url') }, format: 'jwk' })

const hintOf = (raw: Uint8Array) => createHash('sha256').update(raw).digest('hex').slice(0, 16)

/** Throws for a key that shares no secret (one of small order). */
function wrapKey(own: KeyObject, other: KeyObject, share: Uint8Array, recipient: Uint8Array): Buffer {
  const secret = diffieHellman({ privateKey: own, publicKey: other })
  return Buffer.from(hkdfSync('sha256', secret, Buffer.concat([share, recipient]), LABEL, KEY))
}

function encrypt(key: Uint8Array, plain: Uint8Array, about: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, NONCE).setAAD(Buffer.from(about))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws where it is not what was encrypted. */
function decrypt(key: Uint8Array, box: Buffer, about: string): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, NONCE, { authTagLength: TAG }).setAAD(Buffer.from(about))
  cipher.setAuthTag(box.subarray(-TAG))
  return Buffer.concat([cipher.update(box.subarray(0, -TAG)), cipher.final()])
}

const wrapAbout = (about: string) => `${LABEL}\n${about}`
const bodyAbout = (about: string, { share, to }: Pick<Sealed, 'share' | 'to'>) =>
  `${wrapAbout(about)}\n${share}\n${to.map(([hint, wrap]) => `${hint} ${wrap}`).join('\n')}`

export const recipientOf = (secret: string): string => base64(rawPublic(keyOf(secret)))

/** JSON. One that is no key is left out; null when none is one. @param recipients raw X25519, base64 @param about needed to open it again */
export function seal(text: string, about: string, recipients: readonly string[]): string | null {
  const own = generateKeyPairSync('x25519').privateKey
  const share = rawPublic(own)
  const content = randomBytes(KEY)
  const to = recipients.flatMap((key): Sealed['to'] => {
    const raw = Buffer.from(key, 'base64')
    try {
      const wrapped = encrypt(wrapKey(own, publicKey(raw), share, raw), content, wrapAbout(about))
      return [[hintOf(raw), base64(wrapped)]]
    } catch {
      return []
    }
  })
  if (to.length === 0) return null
  const head = { v: VERSION, share: base64(share), to } as const
  const body = encrypt(content, gzipSync(text), bodyAbout(about, head))
  return JSON.stringify({ ...head, body: base64(body) } satisfies Sealed)
}

/** The text; null when it was sealed for others. Throws BadSeal for what was changed on the way, cut off, about something else or never sealed. */
export function open(sealed: string, about: string, secret: string): string | null {
  const own = keyOf(secret)
  const recipient = rawPublic(own)
  try {
    const head = Sealed.parse(JSON.parse(sealed))
    const mine = head.to.find(([hint]) => hint === hintOf(recipient))
    if (!mine) return null
    const share = Buffer.from(head.share, 'base64')
    const wrap = wrapKey(own, publicKey(share), share, recipient)
    const content = decrypt(wrap, Buffer.from(mine[1], 'base64'), wrapAbout(about))
    const packed = decrypt(content, Buffer.from(head.body, 'base64'), bodyAbout(about, head))
    return gunzipSync(packed, { maxOutputLength: MOST }).toString()
  } catch (cause) {
    throw new BadSeal('sealed', { cause })
  }
}
