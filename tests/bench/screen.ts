import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { findBrowser } from '../../scripts/browser.mjs'
import { build } from '../../scripts/build.mjs'
import { socketClient, startHost } from '../support/web-host.ts'
import { ACTIVITIES, TASKS } from './day-book.ts'

/** The product as a person has it: the built screen in a real browser on the real host, over a book of `customers`. */
export interface Screen {
  page: Page
  cdp: CDPSession
  client: Client
  /** Work of the machine in the last minute per processor, to tell a busy measurement from a quiet one. */
  load(): number
  close(): Promise<void>
}

export interface Opening {
  /** The customers of a made book come with their activities and tasks. */
  withDays?: boolean
  /** The page to begin with, and what is on it when it is there. */
  path?: string
  ready?: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Opens the customer list, or another page. `DAFTAR_BENCH_BOOK=file` measures a book that is there; otherwise one is seeded in a temporary folder (a
 * hundred thousand take a minute or two) and removed at the end.
 * @param script runs in the page before its own scripts
 */
export async function openScreen(
  customers: number,
  script: () => void,
  { withDays = false, path = '/customers', ready = '[role=grid] [data-index]:not([aria-busy])' }: Opening = {},
): Promise<Screen> {
  const browserPath = findBrowser()
  if (!browserPath) throw new Error('no Chromium here')
  if (!build('renderer') || !build('hosts')) throw new Error('the screen or its host could not be built')
  const given = process.env['DAFTAR_BENCH_BOOK']
  const folder = given ? dirname(given) : mkdtempSync(join(tmpdir(), 'daftar-bench-'))
  const remove = () => (given ? undefined : rmSync(folder, { recursive: true, force: true }))
  try {
    if (!given) {
      const seed = ['seed', '--customers', String(customers), '--seed', '1', '--data', folder, '--json']
      if (withDays) seed.push('--activities', String(customers * ACTIVITIES), '--tasks', String(customers * TASKS))
      execFileSync(process.execPath, [join(root, 'main/cli/daftar.ts'), ...seed], { stdio: 'pipe' })
    }
    const host = await startHost(folder)
    const { client, socket } = socketClient(host)
    // The offer of a tour would stand in the way.
    await client.settings.updateDevice({ tour_seen: true, language: 'fa' })
    const browser = await chromium.launch({
      executablePath: browserPath,
      args: ['--no-sandbox'],
      // The bench pulls the real scroll bar.
      ignoreDefaultArgs: ['--hide-scrollbars'],
    })
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.addInitScript(script)
    await page.goto(`${host.url}#${path}`)
    await page.waitForSelector(ready)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    return {
      page,
      cdp,
      client,
      load: () => Number(((loadavg()[0] ?? 0) / availableParallelism()).toFixed(2)),
      async close() {
        await browser.close()
        socket.terminate()
        await host.stop()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** Seconds spent so far on the page's main thread, by kind of work; megabytes of its heap; nodes in its tree. */
export async function metrics(cdp: CDPSession) {
  const { metrics: all } = (await cdp.send('Performance.getMetrics')) as { metrics: { name: string; value: number }[] }
  const of = (name: string) => all.find((each) => each.name === name)?.value ?? Number.NaN
  return {
    task: of('TaskDuration'),
    script: of('ScriptDuration'),
    layout: of('LayoutDuration') + of('RecalcStyleDuration'),
    heap: of('JSHeapUsedSize') / 1e6,
    nodes: of('Nodes'),
  }
}
