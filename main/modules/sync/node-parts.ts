import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { WebSocket } from 'ws'
import { PATH } from '../../../shared/sync/protocol.ts'
import { WakeMessage } from '../../../shared/sync/wire.ts'
import { writeWhole } from '../../db/sync-disk.ts'
import type { Ctx } from '../../engine/context.ts'
import {
  type Anchor,
  type Crypto,
  type KeyStore,
  type Keys,
  type Net,
  type SyncParts,
  Unreachable,
} from '../../sync/parts.ts'
import { open, recipientOf, seal } from './sealing.ts'

const TIMEOUT_MS = 60_000
const PACK_FROM = 1_024
const pack = promisify(gzip)

/** Sync as it runs in the product: the network, this computer's chance and time, and two files beside the book. */
export function nodeParts(ctx: Ctx): SyncParts {
  return {
    now: () => ctx.clock.now(),
    random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
    bytes: (n) => randomBytes(n),
    after(ms, run) {
      const timer = setTimeout(run, ms).unref()
      return () => clearTimeout(timer)
    },
    pause: () => setImmediate(),
    crypto: nodeCrypto,
    connect,
    keys: keyStore(ctx),
    anchor: {
      read: () => readJson<Anchor>(anchorFile(ctx)),
      write: (anchor) => writeJson(anchorFile(ctx), anchor),
    },
    machine,
  }
}

const anchorFile = (ctx: Ctx) => join(ctx.folder, 'sync-anchor.json')
const keysFile = (ctx: Ctx) => join(ctx.folder, 'sync-keys.json')

export const nodeCrypto: Crypto = {
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  newKey() {
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
    return { key: Buffer.from(jwk.x!, 'base64url').toString('base64'), secret: JSON.stringify(jwk) }
  },
  sign: (secret, text) => sign(null, Buffer.from(text), { key: JSON.parse(secret), format: 'jwk' }).toString('base64'),
  recipientOf,
  seal,
  open,
}

function connect(address: string): Net {
  return {
    async call(path, access, body, patience) {
      const limits = [AbortSignal.timeout(patience?.ms ?? TIMEOUT_MS), ...(patience?.signal ? [patience.signal] : [])]
      const plain = Buffer.from(body)
      const packed = plain.length >= PACK_FROM
      const answer = await fetch(new URL(path, address), {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
          ...(access ? { Authorization: `Bearer ${access}` } : {}),
        },
        body: packed ? new Uint8Array(await pack(plain)) : body,
        // A portal that sends everybody to its page of entry is no server that does not answer.
        redirect: 'manual',
        signal: AbortSignal.any(limits),
      }).catch((error: unknown) => {
        throw isDistrust(error) ? new Unreachable('certificate', error) : error
      })
      return { status: answer.status, text: await answer.text() }
    },
    listen(access, on) {
      const url = new URL(PATH.wake, address)
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
      const socket = new WebSocket(url, { headers: { Authorization: `Bearer ${access}` }, maxPayload: 1_024 })
      socket.on('message', (data) => {
        const said = WakeMessage.safeParse(readText(String(data)))
        if (said.success) on.head(said.data.head)
      })
      socket.on('error', () => {})
      socket.on('close', () => on.closed())
      return () => socket.terminate()
    },
  }
}

/** TLS says no in many words: expired, of another name, signed by nobody known. */
function isDistrust(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { code?: string }
  return code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code)
}

function readText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What tells this computer from another: a copied folder is another life of the book (SYNC.md 12). */
function machine(): string {
  const id = ['/etc/machine-id', '/var/lib/dbus/machine-id'].find(existsSync)
  const facts = [hostname(), process.platform, id ? readFileSync(id, 'utf8').trim() : '', userInfo().username]
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 32)
}

/** Sealed by the system's safe where the host has one; else a file that only this user can read, and the app says so. */
function keyStore(ctx: Ctx): KeyStore {
  const { seal, unseal } = ctx.host
  const file = keysFile(ctx)
  return {
    get kind() {
      const kept = readJson<object>(file)
      const sealed = kept ? 'sealed' in kept : seal !== undefined
      return sealed ? 'system' : 'file'
    },
    async read() {
      const kept = readJson<Keys | { sealed: string }>(file)
      if (!kept || !('sealed' in kept)) return kept
      const text = unseal ? await unseal(kept.sealed) : null
      // Another user, another computer: what is sealed stays sealed, and a new code is needed.
      return text === null ? null : (JSON.parse(text) as Keys)
    },
    async write(keys) {
      const sealed = keys && seal && unseal ? await seal(JSON.stringify(keys)) : null
      writeJson(file, sealed ? { sealed } : keys)
    },
  }
}

function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return null
  }
}

function writeJson(file: string, value: object | null): void {
  if (value === null) rmSync(file, { force: true })
  else writeWhole(file, JSON.stringify(value))
}
