import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { nodeParts } from '../../main/modules/sync/node-parts.ts'
import { testCtx } from '../support/ctx.ts'
import { firstRun, testEngine } from '../support/engine.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function listening(answer: RequestListener): Promise<{ server: Server; address: string }> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('a network that sends everybody to its page of entry is told as one that answers with that page', async () => {
  const engine = testEngine()
  ends.push(() => engine.remove())
  const api = engine.client()
  await api.setup.start(firstRun)
  const asked: string[] = []
  const { address } = await listening((request, response) => {
    asked.push(request.url!)
    response.writeHead(302, { Location: '/login' }).end()
  })
  await expect(api.sync.turnOn({ address, code: 'ABCDEFGHJK' })).rejects.toMatchObject({ code: 'SYNC_NOT_DAFTAR' })
  // Nothing of ours is sent on to where it points.
  expect(asked).not.toContain('/login')
})

test('whoever does not want to wait for a server that accepts and never answers is free, and so is the line to it', async () => {
  const engine = testEngine()
  ends.push(() => engine.remove())
  const api = engine.window().client
  await engine.client().setup.start(firstRun)
  const { server, address } = await listening(() => {})
  const stop = new AbortController()
  const turningOn = api.sync.turnOn({ address, code: 'ABCDEFGHJK' }, { signal: stop.signal })
  const [request] = await once(server, 'request')
  const gone = once(request.socket, 'close')
  stop.abort()
  await expect(turningOn).rejects.toMatchObject({ name: 'AbortError' })
  await gone
  expect(await engine.client().sync.status()).toMatchObject({ state: 'off' })
})

test('a first contact is not waited for as long as an answer to much', async () => {
  const ctx = await testCtx()
  ends.push(() => ctx.close())
  const { address } = await listening(() => {})
  const call = nodeParts(ctx).connect(address).call('/v1/register', null, '{}', { ms: 50, signal: undefined })
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
})
