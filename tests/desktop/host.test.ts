import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { findBrowser } from '../../scripts/browser.mjs'
import { FakePort, runMain, type StandIn, standIn } from './electron-stand-in.ts'

const MAIN = new URL('../../dist/main/main.mjs', import.meta.url)
let browser: Browser
let context: BrowserContext
let electron: StandIn
let page: Page
const folder = mkdtempSync(join(tmpdir(), 'daftar-desktop-'))

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox'] })
  context = await browser.newContext()
  electron = standIn(context)
  await runMain(MAIN, electron, ['daftar', '--data', folder])
  page = await electron.page()
})
afterAll(async () => {
  const gone = new Promise((resolve) => electron.app.once('quit', resolve))
  electron.app.quit()
  await gone
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the desktop window', () => {
  it('shows the app and talks to the engine behind it', async () => {
    await page.waitForFunction(() => (document.querySelector('#root')?.textContent ?? '').length > 20)
    expect(electron.window().shown).toBe(true)
    expect(existsSync(join(folder, 'daftar.db'))).toBe(true)
    expect(await page.evaluate(() => (window as { host?: unknown }).host)).toEqual({ kind: 'desktop' })
    // The first-run screen can only be there if system.status was answered over the port.
    await page.waitForSelector('form, input')
    expect(electron.errors).toEqual([])
  })

  it('gives the page nothing of Node', async () => {
    const found = await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window))
    expect(found).toEqual([])
    expect(Object.keys((await page.evaluate(() => (window as { host?: object }).host)) ?? {})).toEqual(['kind'])
  })

  it('runs no script and loads nothing that is not its own', async () => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.head.append(script)
      return 'injected' in window
    })
    expect(ran).toBe(false)
    const reached = await page.evaluate(() =>
      fetch('https://elsewhere.test/').then(
        () => true,
        () => false,
      ),
    )
    expect(reached).toBe(false)
    electron.errors.length = 0
  })

  it('stays in the app when something tries to lead it away', async () => {
    const before = page.url()
    const tried = Promise.race([page.waitForEvent('requestfailed'), page.waitForEvent('requestfinished')])
    await page.evaluate(() => {
      location.href = 'https://elsewhere.test/'
    })
    await tried
    await page.evaluate(() => document.title)
    expect(page.url()).toBe(before)
  })

  it('opens no second window', async () => {
    const popup = context.waitForEvent('page')
    await page.evaluate(() => void window.open('https://elsewhere.test/'))
    const opened = await popup
    if (!opened.isClosed()) await opened.waitForEvent('close', { timeout: 3000 })
    expect(context.pages()).toEqual([page])
  })

  it('allows a page to write to the clipboard and nothing else', () => {
    const asked = [
      'geolocation',
      'notifications',
      'media',
      'midi',
      'clipboard-read',
      'openExternal',
      'fullscreen',
      'unknown',
    ]
    expect(asked.filter((permission) => electron.asks(permission))).toEqual([])
    expect(electron.asks('clipboard-sanitized-write')).toBe(true)
  })

  it('refuses a line to the engine to anyone but its own top frame', () => {
    const frames = [
      { url: 'https://elsewhere.test/', parent: null },
      { url: 'app://daftar.elsewhere.test/', parent: null },
      { url: 'app://daftar/', parent: { url: 'app://daftar/' } },
      null,
    ]
    for (const senderFrame of frames) {
      const port = new FakePort()
      electron.ipcMain.emit('rpc:connect', { ports: [port], senderFrame }, null)
      expect(port.closed, JSON.stringify(senderFrame)).toBe(true)
    }
    const own = new FakePort()
    electron.ipcMain.emit('rpc:connect', { ports: [own], senderFrame: { url: 'app://daftar/', parent: null } }, null)
    expect(own.closed).toBe(false)
    own.close()
  })

  it('serves the screen and no file outside it', async () => {
    expect((await electron.serve('app://daftar/')).status).toBe(200)
    const urls = [
      '..%2f..%2fpackage.json',
      'assets/..%2f..%2f..%2fpackage.json',
      'assets/..%5c..%5cpackage.json',
      'nothing.js',
    ]
    for (const url of urls) expect((await electron.serve(`app://daftar/${url}`)).status, url).toBe(404)
    expect((await electron.serve('app://elsewhere/index.html')).status).toBe(404)
  })

  it('shows the first window instead of opening a second one on the same book', async () => {
    const second = standIn(context)
    second.app.holdsLock = false
    await runMain(MAIN, second, ['daftar', '--data', folder])
    expect(second.app.quits).toBe(1)
    expect(second.window()).toBeNull()
    const before = electron.window().focused
    electron.app.emit('second-instance')
    expect(electron.window().focused).toBe(before + 1)
  })
})

describe('a notice of the system', () => {
  /** A line to the engine as the window's page has it, held by the test. */
  function client(): { api: Client; close: () => void } {
    const port = new FakePort()
    const heard = new EventTarget()
    port.deliver = (data) => void heard.dispatchEvent(new MessageEvent('message', { data }))
    electron.ipcMain.emit('rpc:connect', { ports: [port], senderFrame: { url: 'app://daftar/', parent: null } }, null)
    const end = Object.assign(heard, { postMessage: (data: unknown) => port.receive(data) })
    return { api: createORPCClient(new RPCLink({ port: end as never })) as Client, close: () => port.close() }
  }

  it('is shown once, and pressing it brings the window up at its task', async () => {
    const { api, close } = client()
    await api.setup.start({ business_name: 'آفتاب', owner_name: 'مریم', trade: 'shop', money_unit: 'toman' })
    const { id } = await api.tasks.add({ title: 'تماس با رضایی' })
    expect(await api.tasks.notify({ title: 'تماس با رضایی', body: 'امروز ۱۰:۰۰', task_id: id })).toEqual({
      shown: true,
    })
    expect(electron.notices.map(({ options }) => options)).toEqual([{ title: 'تماس با رضایی', body: 'امروز ۱۰:۰۰' }])
    // Without a name Windows shows nothing.
    expect(electron.app.modelId).not.toBe('')
    const before = electron.window().focused
    electron.notices[0]!.emit('click')
    await page.waitForURL((url) => url.hash === `#/tasks?open=${id}`)
    expect(electron.window().focused).toBe(before + 1)
    expect(electron.errors).toEqual([])
    close()
  })
})

describe('the preload', () => {
  it('is small and needs nothing but electron', () => {
    const code = readFileSync(new URL('../../dist/main/preload.cjs', import.meta.url), 'utf8')
    expect(code.length).toBeLessThan(1500)
    expect([...code.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(['electron'])
  })
})
