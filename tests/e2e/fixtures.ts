import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { type HostProcess, socketClient, startHost } from '../support/web-host.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Every host process compiles the same sources; kept, that is a third of a start.
process.env.NODE_COMPILE_CACHE ??= join(root, '.cache', 'node')

export interface Daftar {
  /** The address to open, with the session in it. */
  url: string
  origin: string
  dataDir: string
  page: Page
  /** The contract, past the screen: to prepare data and to look at what was saved. */
  api: Client
  /** Loads the product at an address of it (`open('/customers')`) and waits for the page. */
  open(path?: string, page?: Page): Promise<void>
  /** Ends the host in order and starts it again on the same folder, at another port unless told; open() then loads the page anew. */
  restart(on?: { samePort: boolean }): Promise<void>
  /** kill -9 of the host; nothing answers until restart(). */
  kill(): Promise<void>
  /** Wrongs of the page that the test itself provokes. */
  forgive(pattern: RegExp): void
  /** A command of `npm run daftar` on this folder. */
  cli(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>
}

export interface DaftarOptions {
  /** none: the first run lies ahead. setup: an empty book. sample: the sample business is in. */
  seeded: 'none' | 'setup' | 'sample'
  /** Made-up customers that are in the book besides. */
  customers: number
  /** A host and a book for this test alone; otherwise the tests of a file follow each other on one. */
  own: boolean
  /** A browser page for this test alone, for what cannot be taken back (a clock, routes); otherwise they follow each other on one too. */
  ownPage: boolean
}

/** A host on a temporary folder, and the line of the test to it. */
class House {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'daftar-e2e-'))
  host!: HostProcess
  line!: ReturnType<typeof socketClient>
  isAlive = false

  async start(flags: string[] = []): Promise<void> {
    this.host = await startHost(this.dataDir, flags)
    this.line = socketClient(this.host)
    this.isAlive = true
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return
    this.isAlive = false
    this.line.socket.terminate()
    await this.host.stop()
  }

  async kill(): Promise<void> {
    this.line.socket.terminate()
    this.isAlive = false
    await this.host.kill()
  }

  async end(): Promise<void> {
    await this.stop()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

const cli = (dataDir: string, args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const script = join(root, 'main', 'cli', 'daftar.ts')
    execFile(process.execPath, [script, ...args, '--data', dataDir], { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    )
  })

async function makeHouse(wanted: Pick<DaftarOptions, 'seeded' | 'customers'>): Promise<House> {
  const house = new House()
  try {
    await furnish(house, wanted)
    return house
  } catch (error) {
    await house.end()
    throw error
  }
}

async function furnish(house: House, { seeded, customers }: Parameters<typeof makeHouse>[0]): Promise<void> {
  await house.start(seeded === 'sample' ? ['--demo'] : [])
  if (seeded === 'setup') {
    await house.line.client.setup.start({
      business_name: 'فروشگاه آفتاب',
      owner_name: 'مریم رضایی',
      trade: 'shop',
      money_unit: 'toman',
    })
  }
  // The offer of the tour has a spec of its own; elsewhere it would stand over other notices.
  if (seeded !== 'none') await house.line.client.settings.updateDevice({ tour_seen: true, theme: 'light' })
  if (customers > 0) {
    // Seeding works on a closed book.
    await house.stop()
    const seeding = await cli(house.dataDir, ['seed', '--customers', String(customers), '--seed', '7'])
    if (seeding.code !== 0) throw new Error(seeding.stderr)
    await house.start()
  }
}

/** What no page of the product may ever do; looked at after every test. */
function watch(page: Page, origin: () => string): string[] {
  const wrongs: string[] = []
  page.on('pageerror', (error) => wrongs.push(`error on the page: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) wrongs.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (['data:', 'blob:'].includes(protocol)) return
    if (!/^(127\.0\.0\.1|localhost):/.test(host)) wrongs.push(`a request to ${request.url()} left ${origin()}`)
  })
  return wrongs
}

/** Runs in a page before its own scripts: its next frame, and what the engine says to it, come `ms` later. */
function lag(ms: number) {
  const { requestAnimationFrame, setTimeout } = window
  const cancelled = new Set<number>()
  let last = 0
  window.requestAnimationFrame = (frame) => {
    last += 1
    const id = last
    setTimeout(() => requestAnimationFrame.call(window, (time) => cancelled.delete(id) || frame(time)), ms)
    return id
  }
  window.cancelAnimationFrame = (id) => void cancelled.add(id)
  const listen = WebSocket.prototype.addEventListener
  WebSocket.prototype.addEventListener = function (type: string, listener: EventListener, options?: object) {
    listen.call(this, type, (event: Event) => setTimeout(() => listener.call(this, event), ms), options)
  }
}

/**
 * With DAFTAR_SLOW=3 a page has a third of the processor, and its frames and answers are late: what stands only by haste falls, and a key that is
 * pressed before the next frame tells whether the page was waiting for it.
 */
export function slowed(context: BrowserContext): BrowserContext {
  const rate = Number(process.env['DAFTAR_SLOW'] ?? 1)
  if (rate <= 1) return context
  void context.addInitScript(lag, rate * 40)
  context.on('page', async (page) => {
    // A page that is closed at once has no session any more.
    const session = await context.newCDPSession(page).catch(() => null)
    await session?.send('Emulation.setCPUThrottlingRate', { rate }).catch(() => {})
  })
  return context
}

interface Keeper {
  key: string
  house: House | null
  context: BrowserContext | null
  page: Page | null
}

/** Leaves nothing of a test on the page the next one gets. */
async function tidy(page: Page): Promise<void> {
  for (const other of page.context().pages()) if (other !== page) await other.close()
  for (const event of ['console', 'dialog', 'filechooser', 'pageerror', 'request'] as const)
    page.removeAllListeners(event)
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  const clear = () => {
    localStorage.clear()
    sessionStorage.clear()
  }
  // Pages of a browser's own (an error, about:blank) have no storage.
  await page.evaluate(clear).catch(() => {})
  // Something of the same origin that does nothing: from about:blank every load would need a new process.
  const { origin } = new URL(page.url())
  if (origin !== 'null') await page.goto(`${origin}/health`).catch(() => {})
  await page.context().clearCookies()
}

export const test = base.extend<DaftarOptions & { daftar: Daftar }, { keeper: Keeper }>({
  seeded: ['setup', { option: true }],
  customers: [0, { option: true }],
  own: [false, { option: true }],
  ownPage: [false, { option: true }],
  /** The host of the file that runs now. */
  keeper: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      const keeper: Keeper = { key: '', house: null, context: null, page: null }
      await use(keeper)
      await keeper.context?.close()
      await keeper.house?.end()
    },
    { scope: 'worker' },
  ],
  // A new page compiles the whole product anew, which is more than most tests do afterwards.
  context: async ({ browser, keeper, ownPage }, use) => {
    if (ownPage) {
      const context = slowed(await browser.newContext())
      await use(context)
      return context.close()
    }
    keeper.context ??= slowed(await browser.newContext())
    await use(keeper.context)
  },
  page: async ({ context, keeper, ownPage }, use) => {
    if (ownPage) return use(await context.newPage())
    if (!keeper.page || keeper.page.isClosed()) keeper.page = await context.newPage()
    await use(keeper.page)
    await tidy(keeper.page)
  },
  daftar: async ({ page, keeper, seeded, customers, own }, use, testInfo) => {
    const key = `${testInfo.file} ${seeded} ${customers}`
    if (!own && keeper.key !== key) {
      await keeper.house?.end()
      keeper.house = null
      keeper.house = await makeHouse({ seeded, customers })
      keeper.key = key
    }
    const house = own ? await makeHouse({ seeded, customers }) : keeper.house!
    if (!house.isAlive) await house.start()
    const daftar: Daftar = {
      url: house.host.url,
      origin: house.host.origin,
      dataDir: house.dataDir,
      page,
      api: house.line.client,
      // The session goes before the page; the part after # stays with the browser through the redirect.
      open: async (path = '/customers', on = page) => {
        await on.goto(`${house.host.url}#${path}`)
        await expect(on.getByRole('main')).toBeVisible()
      },
      async restart(on) {
        if (house.isAlive) await house.stop()
        await house.start(on?.samePort ? ['--port', String(house.host.port)] : [])
        Object.assign(daftar, { url: house.host.url, origin: house.host.origin, api: house.line.client })
      },
      kill: () => house.kill(),
      forgive: (pattern) => void forgiven.push(pattern),
      cli: (...args) => cli(house.dataDir, args),
    }
    const forgiven: RegExp[] = []
    const wrongs = watch(page, () => daftar.origin)
    try {
      await use(daftar)
      expect(wrongs.filter((wrong) => !forgiven.some((pattern) => pattern.test(wrong)))).toEqual([])
    } finally {
      if (own) await house.end()
    }
  },
})

export { expect }
