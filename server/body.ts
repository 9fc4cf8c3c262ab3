import type { IncomingMessage } from 'node:http'
import { createGunzip, createZstdDecompress, gzip, zstdCompress } from 'node:zlib'
import { LIMIT } from '../shared/sync/protocol.ts'
import { Refusal } from './refusal.ts'

/** No body of the protocol is deeper than six. */
const MAX_DEPTH = 12
const PACK_FROM = 1_024

/** A request's JSON. Refused while it comes in, not after: too long, inflating to too much, nested too deep. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const coding = request.headers['content-encoding'] ?? 'identity'
  const packed = coding !== 'identity'
  const limit = packed ? LIMIT.body : LIMIT.inflated
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Refusal('too_large')
  let came = 0
  async function* incoming() {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      came += chunk.length
      if (came > limit) throw new Refusal('too_large')
      yield chunk
    }
  }
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of packed ? inflated(coding, incoming()) : incoming()) {
      size += chunk.length
      if (size > LIMIT.inflated || (size > LIMIT.body && size > came * LIMIT.ratio && packed))
        throw new Refusal('too_large')
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('bad_request', { why: 'encoding' })
  }
  return parse(Buffer.concat(chunks))
}

async function* inflated(coding: string, source: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const options = { maxOutputLength: LIMIT.inflated + 65_536 }
  const inflate = coding === 'gzip' ? createGunzip(options) : coding === 'zstd' ? createZstdDecompress(options) : null
  if (!inflate) throw new Refusal('bad_request', { why: 'encoding' })
  // Written and read by turns, so that a bomb is met with its first pieces.
  const feed = (async () => {
    try {
      for await (const chunk of source) {
        if (!inflate.write(chunk)) await new Promise<void>((next) => inflate.once('drain', next).once('close', next))
        if (inflate.destroyed) return
      }
      inflate.end()
    } catch (error) {
      inflate.destroy(error as Error)
    }
  })()
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) yield chunk
  } finally {
    inflate.destroy()
    await feed
  }
}

function parse(bytes: Buffer): unknown {
  if (tooDeep(bytes)) throw new Refusal('bad_request', { why: 'depth' })
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal('bad_request', { why: 'json' })
  }
}

/** Before it is parsed: what writes JSON again, later, goes by the stack. */
function tooDeep(bytes: Buffer): boolean {
  let depth = 0
  let quoted = false
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]
    if (quoted) {
      if (c === 0x5c) i++
      else if (c === 0x22) quoted = false
    } else if (c === 0x22) quoted = true
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > MAX_DEPTH) return true
    } else if (c === 0x7d || c === 0x5d) depth--
  }
  return false
}

/** The answer as bytes, packed when it is worth it and the asker can read it. */
export function packed(text: string, accepts: string): Promise<{ bytes: Buffer; coding: string | null }> {
  const plain = Buffer.from(text)
  if (plain.length < PACK_FROM) return Promise.resolve({ bytes: plain, coding: null })
  return new Promise((resolve, reject) => {
    const done = (coding: string) => (error: Error | null, bytes: Buffer) =>
      error ? reject(error) : resolve({ bytes, coding })
    if (/\bzstd\b/.test(accepts)) zstdCompress(plain, done('zstd'))
    else if (/\bgzip\b/.test(accepts)) gzip(plain, { level: 5 }, done('gzip'))
    else resolve({ bytes: plain, coding: null })
  })
}
