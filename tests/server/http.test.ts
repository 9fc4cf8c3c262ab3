import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { App } from '../../server/app.ts'
import { newBusiness } from '../../server/business.ts'
import { type Listening, listen } from '../../server/http.ts'
import { limits, RATES } from '../../server/limits.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { LIMIT, PATH } from '../../shared/sync/protocol.ts'
import { runs } from '../sync/cases.ts'
import { type Carry, type Device, device } from './device.ts'
import { type TestClock, testApp } from './stores.ts'

let app: App
let clock: TestClock
let server: Listening
let logged: { event: string }[]
let a: Device
let b: Device
const quick = { perMinute: 1e9, burst: 1e9 }
const unlimited = Object.fromEntries(Object.keys(RATES).map((kind) => [kind, quick])) as unknown as typeof RATES

/** By the wire, packed like a client does. */
const carry: Carry = async (path, access, body) => {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'Content-Encoding': 'zstd', ...(access ? { Authorization: `Bearer ${access}` } : {}) },
    body: zstdCompressSync(JSON.stringify(body)),
  })
  return { status: answer.status, body: await answer.json() }
}
const raw = async (path: string, body: BodyInit | null, headers: Record<string, string> = {}, method = 'POST') => {
  const answer = await fetch(server.url + path, {
    method,
    headers: { Authorization: `Bearer ${a.access}`, ...headers },
    body,
  })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

beforeAll(async () => {
  ;({ app, clock, logged } = await testApp(memoryStore()))
  const operator = { token: 'operator-token', run: async (path: string) => ({ path }) }
  server = await listen(app, { host: '127.0.0.1', port: 0, limits: limits(app.host.now, unlimited), operator })
  const { code } = await newBusiness(app, 60_000)
  a = device(carry, () => clock.now)
  await a.register(code)
  const { code: second } = await a.ask<{ code: string }>(PATH.invite, { user: a.user, role: 'owner', scopes: null })
  b = device(carry, () => clock.now)
  await b.register(second)
})
afterAll(() => server.close())

test('two devices meet over the wire, packed there and back', async () => {
  const text = 'مشتری '.repeat(400)
  await a.push([{ f: { 12: [text] } }])
  const [row] = [...(await b.pull()).rows.values()]
  expect(row!.cells[12]![0]).toBe(text)
  for (const coding of ['gzip', 'zstd']) {
    const body = JSON.stringify({ v: 1, tenant: a.tenant })
    const packed = coding === 'gzip' ? gzipSync(body) : zstdCompressSync(body)
    const headers = { 'Content-Encoding': coding, 'Accept-Encoding': coding }
    const pulled = await raw(PATH.devices, packed as unknown as BodyInit, headers)
    expect(pulled.status).toBe(200)
    const page = { ...JSON.parse(body), ...a.asker(), site: a.site, scopes: {}, authors: 0, limit: 10 }
    const answer = await raw(PATH.pull, JSON.stringify(page), { 'Accept-Encoding': coding })
    expect(answer.headers.get('content-encoding')).toBe(coding)
    expect(JSON.parse(answer.text).head).toBe(1)
  }
})

test('health tells that this is the server of Daftar; what is no request of the protocol is not found', async () => {
  const health = await raw(PATH.health, null, {}, 'GET')
  expect(JSON.parse(health.text)).toMatchObject({ daftar: 'sync', v: 1, store: 'memory', now: clock.now })
  for (const [path, method] of [
    ['/', 'GET'],
    [PATH.pull, 'GET'],
    ['/v1/nothing', 'POST'],
    ['/v1/../v1/pull', 'PUT'],
  ] as const)
    expect((await raw(path, null, {}, method)).status, path).toBe(404)
})

test('metrics and commands are for the operator at this computer', async () => {
  expect((await raw(PATH.metrics, null, {}, 'GET')).status).toBe(404)
  const headers = { Authorization: 'Bearer operator-token' }
  expect((await raw(PATH.metrics, null, headers, 'GET')).text).toMatch(/^daftar_sync_ops_total \d+$/m)
  expect((await raw('/operator/invite', null, headers)).text).toBe('{"path":"invite"}')
  expect((await raw('/operator/invite', null)).status).toBe(404)
})

describe('what is too much is refused', () => {
  const small = JSON.stringify({ v: 1, tenant: 'x' })
  test.each([
    ['a gzip bomb', gzipSync(Buffer.alloc(200 << 20, 0x20)), { 'Content-Encoding': 'gzip' }, 413],
    ['a zstd bomb', zstdCompressSync(Buffer.alloc(200 << 20, 0x20)), { 'Content-Encoding': 'zstd' }, 413],
    ['a smaller bomb, above 16 to 1', gzipSync(Buffer.alloc(4 << 20, 0x20)), { 'Content-Encoding': 'gzip' }, 413],
    ['a long body', Buffer.alloc(LIMIT.inflated + 10, 0x20), {}, 413],
    ['a coding nobody knows', Buffer.from(small), { 'Content-Encoding': 'br' }, 400],
    ['no gzip at all', Buffer.from(small), { 'Content-Encoding': 'gzip' }, 400],
    ['half a gzip', gzipSync(small).subarray(0, 20), { 'Content-Encoding': 'gzip' }, 400],
    ['no JSON', Buffer.from('<html>'), {}, 400],
    ['text that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400],
    ['deep nesting', Buffer.from('['.repeat(100_000)), {}, 400],
    ['nesting within', Buffer.from(`{"v":1,"tenant":${'['.repeat(13)}${']'.repeat(13)}}`), {}, 400],
  ])('%s', async (_, body, headers, status) => {
    const before = process.memoryUsage().rss
    // The server may close while the body is still on its way: that is a refusal too.
    const answer = await raw(PATH.devices, body as unknown as BodyInit, headers as Record<string, string>).catch(
      () => ({ status }),
    )
    expect(answer.status).toBe(status)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20)
  })
})

test('bytes that are no HTTP, and requests cut off half way, harm nobody', async () => {
  const address = new URL(server.url)
  const pieces = [
    'GET / HTP\r\n\r\n',
    `POST ${PATH.pull} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"v"`,
    '\u0000\u0001\u0002',
  ]
  for (const piece of pieces) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(address.port), address.hostname, () => socket.end(piece))
      socket.on('close', () => resolve()).on('error', () => {})
      socket.resume()
    })
  }
  expect((await raw(PATH.health, null, {}, 'GET')).status).toBe(200)
})

test('random bytes at every door are answered, never with a 500', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.values(PATH)),
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
      fc.constantFrom('', 'gzip', 'zstd'),
      fc.boolean(),
      async (path, bytes, coding, packed) => {
        const body =
          packed && coding ? (coding === 'gzip' ? gzipSync(bytes) : zstdCompressSync(bytes)) : Buffer.from(bytes)
        const { status } = await raw(path, body as unknown as BodyInit, coding ? { 'Content-Encoding': coding } : {})
        expect([400, 404]).toContain(status)
      },
    ),
    runs(200),
  )
  expect(logged.map((l) => l.event)).not.toContain('internal')
})

describe('waking', () => {
  const line = (access: string | null) =>
    new WebSocket(`${server.url.replace('http', 'ws')}${PATH.wake}`, {
      headers: access ? { Authorization: `Bearer ${access}` } : {},
    })
  const next = (ws: WebSocket) =>
    new Promise<{ head: number }>((resolve) => ws.once('message', (data) => resolve(JSON.parse(String(data)))))
  const ended = (ws: WebSocket) => new Promise<number>((resolve) => ws.once('close', (code) => resolve(code)))

  test('a device that listens hears of what others pushed', async () => {
    const ws = line(b.access)
    const first = await next(ws)
    const heard = next(ws)
    const { s1 } = await a.push([{ f: { 12: ['news'] } }])
    expect((await heard).head).toBe(s1)
    expect(first.head).toBeLessThan(s1)
    ws.close()
    await ended(ws)
  })

  test('a second line of a device takes the place of the first', async () => {
    const old = line(b.access)
    await next(old)
    const closed = ended(old)
    const young = line(b.access)
    await next(young)
    expect(await closed).toBe(4_001)
    young.close()
    await ended(young)
  })

  test('without a token, or revoked, there is no line; and a revoked one is cut', async () => {
    for (const access of [null, 'x.y.z.w']) {
      const ws = line(access)
      const error = await new Promise<Error>((resolve) => ws.once('error', resolve))
      expect(error.message).toMatch(/401/)
    }
    const { code } = await a.ask<{ code: string }>(PATH.invite, { user: randomUUID(), role: 'seller', scopes: null })
    const c = device(carry, () => clock.now)
    await c.register(code)
    const ws = line(c.access)
    await next(ws)
    const closed = ended(ws)
    await a.ask(PATH.revoke, { device: c.id })
    expect(await closed).toBe(4_001)
    const again = line(c.access)
    expect((await new Promise<Error>((resolve) => again.once('error', resolve))).message).toMatch(/401/)
  })
})

test('guessing codes is slowed down, and waiting helps', () => {
  let now = 0
  const rate = limits(() => now)
  let good = 0
  while (rate.take('register', '10.0.0.1') === 0) good++
  expect(good).toBe(RATES.register.burst)
  const wait = rate.take('register', '10.0.0.1')
  expect(wait).toBeGreaterThan(0)
  expect(rate.take('register', '10.0.0.2')).toBe(0)
  now += wait * 1_000
  expect(rate.take('register', '10.0.0.1')).toBe(0)
})

test('on an address that others reach it serves only with TLS, its own or a proxy’s', async () => {
  await expect(listen(app, { host: '0.0.0.0', port: 0 })).rejects.toThrow(/TLS/)
})
