import { type ErrorCode, LIMIT } from '../../shared/sync/protocol.ts'

/** Everything sync takes from outside, so that a simulation can stand in its place: no file of main/sync asks for time, chance, network or disk itself. */
export interface SyncParts {
  /** Epoch ms by this PC's clock, right or wrong. */
  now(): number
  /** [0, 1) */
  random(): number
  bytes(n: number): Uint8Array
  /** Calls `run` once after `ms`; gives what calls it off. */
  after(ms: number, run: () => void): () => void
  /** Lets other calls in between long steps. */
  pause(): Promise<void>
  crypto: Crypto
  /** The way to the server at an address. */
  connect(address: string): Net
  /** What must not lie in the book: keys and tokens, and by what the book is known again. */
  keys: KeyStore
  anchor: AnchorStore
  /** Of this computer; another value, another computer. */
  machine(): string
  /** Named points at which a simulation may end the process. */
  point?(name: string): void
  /** Others than SIZES, where a few rows are to be many. */
  sizes?: Sizes
}

/** How much goes at once. */
export interface Sizes {
  /** Ops in a batch, whatever the server allows. */
  ops: number
  /** Rows in a page. */
  page: number
  /** Up to so many rows everything that came is applied in one transaction. */
  whole: number
}
/** A page is applied in pieces that keep nobody at this PC waiting (rounds.ts). */
export const SIZES: Sizes = { ops: LIMIT.ops, page: 2_000, whole: 2_000 }

export interface Crypto {
  /** Hex. */
  sha256(text: string): string
  /** Ed25519: raw public key and private key, base64. */
  newKey(): { key: string; secret: string }
  /** base64 */
  sign(secret: string, text: string): string
  /** X25519, raw, base64: the key for which can be sealed what the holder of the secret shall open. */
  recipientOf(secret: string): string
  /** For these recipients and nobody else; null when none of them is a key. `about` goes with it in the clear. */
  seal(text: string, about: string, recipients: readonly string[]): string | null
  /** null: sealed for others. Throws BadSeal: not as it was sealed, or about something else. */
  open(sealed: string, about: string, secret: string): string | null
}

/** For whom somebody waits at a screen. */
export interface Patience {
  /** How long an answer is waited for. */
  ms: number
  /** Whoever asked does not want it any more. */
  signal: AbortSignal | undefined
}

export interface Net {
  /** A POST with JSON, there and back; throws when there is no answer. Where it is sent on to another place, that is the answer. */
  call(
    path: string,
    access: string | null,
    body: string,
    patience?: Patience,
  ): Promise<{ status: number; text: string }>
  /** The line on which the server says that there is something new. Gives what closes it. */
  listen?(access: string, on: { head(head: number): void; closed(): void }): () => void
}

/** What a device needs to be let in; kept before it is used, so that a lost answer changes nothing. */
export interface Keys {
  tenant: string | null
  device: string
  /** Ed25519, base64. */
  key: string
  secret: string
  /** Refresh token that is good now, how often it was renewed, and the one that is being asked for. */
  token: string
  gen: number
  next: string | null
  /** The invite it came in with: the same one again, after the process died over the answer, is the same registration. */
  code: string
  /** Secrets of earlier registrations, the newest first: files may be sealed for them still. */
  before?: string[]
}
export interface KeyStore {
  read(): Promise<Keys | null>
  write(keys: Keys | null): Promise<void>
  /** 'system': only this user of this computer can read them; 'file': a file with rights for this user alone. */
  readonly kind: 'system' | 'file' | 'memory'
}

/** Which life of which book this device has open (SYNC.md 12); lies beside the book, so that it does not go back with it. */
export interface Anchor {
  site: string
  nonce: string
  /** The nonce that is being written into the book. */
  next: string | null
  /** Last site_seq that the server acknowledged. */
  own: number
  machine: string
}
export interface AnchorStore {
  read(): Anchor | null
  write(anchor: Anchor | null): void
}

/** Not as it was sealed. */
export class BadSeal extends Error {}

/** The server said no. */
export class Refused extends Error {
  readonly code: ErrorCode
  readonly reply: RefusedReply
  constructor(code: ErrorCode, reply: RefusedReply) {
    super(code)
    this.code = code
    this.reply = reply
  }
}
export interface RefusedReply {
  now?: number | undefined
  epoch?: string | undefined
  last?: number | undefined
  hash?: string | undefined
  retry_after?: number | undefined
  why?: string | undefined
}

/** No answer, or one that is not the server's. */
export class Unreachable extends Error {
  readonly why: 'network' | 'not_daftar' | 'certificate'
  constructor(why: 'network' | 'not_daftar' | 'certificate', cause?: unknown) {
    super(why, { cause })
    this.why = why
  }
}

/** This book is not the life the server knows: it went back, or lives twice. */
export class OtherLife extends Error {}
