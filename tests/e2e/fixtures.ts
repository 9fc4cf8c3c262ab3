import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { type HostProcess, socketClient, startHost } from '../support/web-host.ts'

export interface Daftar {
  /** The address to open, with the session in it. */
  url: string
  origin: string
  dataDir: string
  /** Already opened at `url`. */
  page: Page
  /** The contract, past the screen: to prepare data and to look at what was saved. */
  api: Client
  /** Ends the host in order and starts it again on the same folder; the page is opened anew. */
  restart(): Promise<void>
  /** kill -9 of the host; nothing answers until restart(). */
  kill(): Promise<void>
}

export interface DaftarOptions {
  /** none: the first run lies ahead. setup: an empty book. sample: the sample business is in. */
  seeded: 'none' | 'setup' | 'sample'
  /** Opens the page before the test begins. */
  opened: boolean
}

/** Each test has a host, a data folder and a port of its own: `test.use({ seeded: 'sample' })`. */
export const test = base.extend<DaftarOptions & { daftar: Daftar }>({
  seeded: ['setup', { option: true }],
  opened: [true, { option: true }],
  daftar: async ({ page, seeded, opened }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'daftar-e2e-'))
    const flags = seeded === 'sample' ? ['--demo'] : []
    let host: HostProcess = await startHost(dataDir, flags)
    let line = socketClient(host)
    let alive = true
    const daftar: Daftar = {
      url: host.url,
      origin: host.origin,
      dataDir,
      page,
      api: line.client,
      async restart() {
        if (alive) await host.stop()
        host = await startHost(dataDir)
        line = socketClient(host)
        alive = true
        Object.assign(daftar, { url: host.url, origin: host.origin, api: line.client })
        await page.goto(host.url)
      },
      async kill() {
        alive = false
        await host.kill()
      },
    }
    try {
      if (seeded === 'setup') {
        await daftar.api.setup.start({
          business_name: 'فروشگاه آفتاب',
          owner_name: 'مریم رضایی',
          trade: 'shop',
          money_unit: 'toman',
        })
      }
      if (opened) await page.goto(host.url)
      await use(daftar)
    } finally {
      line.socket.terminate()
      if (alive) await host.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
})

export { expect }
