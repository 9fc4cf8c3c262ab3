import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newestSchema } from '../../main/db/migrate.ts'
import { nodeRefusal } from '../../main/web/node.ts'
import { readFlags } from '../../main/web/options.ts'
import { startWebHost, type WebHost } from '../../main/web/server.ts'
import { keptToken } from '../../main/web/session.ts'
import { firstRun, type TestEngine, testEngine } from '../support/engine.ts'
import { type HostProcess, openSocket, socketClient, startHost } from '../support/web-host.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A request exactly as given: no tidying of the path, any Host. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    call.on('error', reject)
    call.end()
  })
}

let engine: TestEngine
let host: WebHost
let screen: string
const cookie = () => ({ Cookie: `daftar_${host.port}=${host.token}` })

beforeAll(async () => {
  const base = mkdtempSync(join(tmpdir(), 'daftar-screen-'))
  screen = join(base, 'renderer')
  mkdirSync(join(screen, 'assets'), { recursive: true })
  writeFileSync(join(screen, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><p>screen</p>')
  writeFileSync(join(screen, 'assets', 'main.js'), 'export {}')
  writeFileSync(join(base, 'secret.js'), 'secret')
  symlinkSync(join(base, 'secret.js'), join(screen, 'assets', 'link.js'))
  engine = testEngine({ host: { kind: 'web' } })
  const connect = () => {
    const { port1, port2 } = new MessageChannel()
    engine.connect(port2)
    return port1
  }
  host = await startWebHost({ engine: { connect, client: engine.client }, screen, port: 0 })
})
afterAll(async () => {
  await host.close()
  engine.remove()
  rmSync(join(screen, '..'), { recursive: true, force: true })
})

describe('without the session', () => {
  it('only health answers', async () => {
    const health = await ask(host.port, '/health')
    expect(JSON.parse(health.body)).toEqual({
      name: 'daftar',
      version: expect.any(String),
      schema: newestSchema(),
      host: 'web',
    })
    for (const path of [
      '/',
      '/index.html',
      '/assets/main.js',
      '/rpc',
      '/nothing',
      '/?session=',
      `/?session=${'x'.repeat(43)}`,
    ]) {
      const answer = await ask(host.port, path)
      expect(answer.status, path).toBe(401)
      expect(answer.body).toContain('npm start')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })

  it('the right token becomes a cookie no script can read, and leaves the address', async () => {
    const answer = await ask(host.port, `/?session=${host.token}`)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(String(answer.headers['set-cookie'])).toMatch(/^daftar_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect((await ask(host.port, '/', cookie())).body).toContain('screen')
  })

  it('a cookie of another Daftar on this computer counts for nothing', async () => {
    expect((await ask(host.port, '/', { Cookie: `daftar_1=${host.token}` })).status).toBe(401)
    expect((await ask(host.port, '/', { Cookie: `daftar_${host.port}=${host.token}x` })).status).toBe(401)
  })
})

describe('the browser host', () => {
  it('answers to no name but its own', async () => {
    for (const name of [
      'evil.test',
      `evil.test:${host.port}`,
      '127.0.0.1',
      `127.0.0.1:${host.port + 1}`,
      `[::1]:${host.port}`,
    ]) {
      expect((await ask(host.port, '/health', { Host: name })).status, name).toBe(421)
      expect((await ask(host.port, '/', { Host: name, ...cookie() })).status, name).toBe(421)
    }
    expect((await ask(host.port, '/health', { Host: `localhost:${host.port}` })).status).toBe(200)
  })

  it('only reads', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask(host.port, '/', cookie(), method)).status).toBe(405)
    }
  })

  it('sends a strict policy with a nonce of its own for every page', async () => {
    const [first, second] = [await ask(host.port, '/', cookie()), await ask(host.port, '/', cookie())]
    const policy = String(first.headers['content-security-policy'])
    const nonce = /'nonce-([^']+)'/.exec(policy)![1]!
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' data: blob:; ` +
        `connect-src 'self' ws://127.0.0.1:${host.port}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    )
    expect(first.body).toContain(`nonce="${nonce}"`)
    expect(second.headers['content-security-policy']).not.toBe(policy)
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(String((await ask(host.port, '/')).headers['content-security-policy'])).toContain("default-src 'none'")
  })

  it('gives no file outside the screen', async () => {
    expect((await ask(host.port, '/assets/main.js', cookie())).status).toBe(200)
    const paths = [
      '/../secret.js',
      '/..%2fsecret.js',
      '/%2e%2e/secret.js',
      '/assets/..%2f..%2fsecret.js',
      '/assets/..%5c..%5csecret.js',
    ]
    paths.push('/assets/link.js', '//secret.js', '/%00.js', '/%E0%A4%A.js', '/assets', '/assets/')
    for (const path of paths) {
      const answer = await ask(host.port, path, cookie())
      expect(answer.status, path).toBe(404)
      expect(answer.body).not.toContain('secret')
    }
  })

  it('carries calls over a socket', async () => {
    const { client, socket } = socketClient(host)
    expect(await client.system.status()).toMatchObject({ name: 'daftar', host: 'web', set_up: false })
    socket.terminate()
  })

  it('refuses a socket from another page, without an origin, or without the session', async () => {
    const refused = (options: Parameters<typeof openSocket>[1]) =>
      new Promise<string>((resolve) => {
        const socket = openSocket(host, options)
        socket.on('open', () => resolve('opened'))
        socket.on('error', (error) => resolve(error.message))
      })
    const origins = [
      'http://evil.test',
      `http://127.0.0.1:${host.port + 1}`,
      `https://127.0.0.1:${host.port}`,
      'null',
      null,
    ]
    for (const origin of origins) expect(await refused({ origin }), String(origin)).toContain('403')
    expect(await refused({ cookie: null })).toContain('403')
    expect(await refused({ cookie: `daftar_${host.port}=${'x'.repeat(43)}` })).toContain('403')
    expect(await refused({})).toBe('opened')
  })

  it('ends the calls of a window that went away', async () => {
    const { live } = engine.ctx()
    const { client, socket } = socketClient(host)
    await (await client.system.live()).next()
    expect(live.listeners).toBe(1)
    socket.terminate()
    await expect.poll(() => live.listeners).toBe(0)
  })
})

describe('the session of a folder', () => {
  const MONTH = 31 * 24 * 60 * 60_000
  it('stays over starts, and is a new one when it is old, open to others or no session at all', () => {
    const folder = mkdtempSync(join(tmpdir(), 'daftar-session-'))
    const file = join(folder, 'daftar.session')
    const first = keptToken(folder, Date.now())
    expect(first).toMatch(/^[\w-]{43}$/)
    expect(keptToken(folder, Date.now())).toBe(first)
    const second = keptToken(folder, Date.now() + MONTH)
    expect(second).not.toBe(first)
    chmodSync(file, 0o644)
    const third = keptToken(folder, Date.now())
    if (process.platform !== 'win32') expect(third).not.toBe(second)
    writeFileSync(file, '')
    expect(keptToken(folder, Date.now())).toMatch(/^[\w-]{43}$/)
    rmSync(folder, { recursive: true })
    // A folder that is not there gets a session all the same, and stays away.
    expect(keptToken(folder, Date.now())).toMatch(/^[\w-]{43}$/)
  })
})

describe('flags', () => {
  it('are read, and a wrong one is said', () => {
    expect(readFlags([])).toEqual({ data: null, port: null, open: true, demo: false })
    expect(readFlags(['--web', '--data', 'x', '--port', '0', '--no-open', '--demo'])).toEqual({
      data: 'x',
      port: 0,
      open: false,
      demo: true,
    })
    for (const port of ['x', '-1', '70000', '1.5']) expect(() => readFlags([`--port=${port}`])).toThrow('--port')
    expect(() => readFlags(['--dta', 'x'])).toThrow('--dta')
  })
})

describe('the Node it is started with', () => {
  it('is refused in a sentence where the book could not be opened under it', () => {
    expect(nodeRefusal('20.20.2')).toMatch(/needs Node 24 .*20\.20\.2.*npm start/)
    expect(nodeRefusal('22.12.0')).not.toBeNull()
    expect(nodeRefusal('24.0.0')).toBeNull()
    expect(nodeRefusal(process.versions.node)).toBeNull()
  })
})

describe('the program', () => {
  const folders: string[] = []
  const hosts: HostProcess[] = []
  const start = async (folder: string, flags: string[] = []) => {
    const process = await startHost(folder, flags)
    hosts.push(process)
    return process
  }
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'daftar-host-'))
    folders.push(folder)
    return folder
  }
  afterEach(async () => {
    for (const process of hosts.splice(0)) await process.stop()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  it('keeps what was saved over an ordered end and a start', async () => {
    const folder = newFolder()
    const first = await start(folder)
    expect(first.output().trim().split('\n').at(-1)).toBe(`Daftar is ready: ${first.url}`)
    const line = socketClient(first)
    await line.client.setup.start(firstRun)
    line.socket.terminate()
    expect(await first.stop()).toBe(0)
    const second = await start(folder)
    // So that a window left open goes on.
    expect(second.token).toBe(first.token)
    expect(statSync(join(folder, 'daftar.session')).mode & 0o777).toBe(0o600)
    const again = socketClient(second)
    expect((await again.client.settings.business()).business_name).toBe(firstRun.business_name)
    again.socket.terminate()
  })

  it('shows the first one when it is started a second time on the same folder', async () => {
    const folder = newFolder()
    const first = await start(folder)
    const second = await startHost(folder)
    expect(second.url).toBe(first.url)
    expect(await second.ended).toBe(0)
    expect((await ask(first.port, '/health')).status).toBe(200)
  })

  it('starts again after kill -9, in the same folder', async () => {
    const folder = newFolder()
    const first = await start(folder)
    const line = socketClient(first)
    await line.client.setup.start(firstRun)
    await first.kill()
    const again = socketClient(await start(folder))
    expect(await again.client.system.status()).toMatchObject({ trouble: null, set_up: true })
    again.socket.terminate()
  })

  it('says that the port is taken when it was asked for by number', async () => {
    const first = await start(newFolder())
    const error = await startHost(newFolder(), ['--port', String(first.port)]).catch((e: Error) => e.message)
    expect(error).toContain(`Port ${first.port} is taken by another program`)
  })

  it('opens a demo with the sample business in it', async () => {
    const { client, socket } = socketClient(await start(newFolder(), ['--demo']))
    expect((await client.setup.sample()).customers).toBeGreaterThan(20)
    socket.terminate()
  })
})
