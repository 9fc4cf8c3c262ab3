import type { Page } from '@playwright/test'
import { EVERYBODY } from '../../shared/contract/filter.ts'
import { quantile, round } from './book.ts'
import { metrics, openScreen, type Screen } from './screen.ts'

export const name = 'scroll'

/** A task that keeps the page from answering is one over 50 ms; the browser itself names them (PerformanceObserver, 'longtask'). */
const LONG = 50
/** How long a part is left alone after it, so that its last blocks come and are drawn: ms. */
const REST = 400
/** Blocks of the list that nobody looks at are dropped after half a minute. */
const FORGET = 35_000

/** The ways a person goes through a list. Each gets the middle of the grid and its bar. */
const WAYS: Record<string, (page: Page, at: Geometry) => Promise<void>> = {
  'wheel, two notches a frame, 300 frames': async (page) => {
    for (let i = 0; i < 300; i++) await turn(page, 240)
  },
  'PageDown held down, 200 times': async (page) => {
    await page.locator('[role=grid]').focus()
    for (let i = 0; i < 200; i++) await press(page, 'PageDown')
  },
  'arrow held down, 200 rows': async (page) => {
    for (let i = 0; i < 200; i++) await press(page, 'ArrowDown')
  },
  'thumb pulled from end to end and back': async (page, { bar, top, bottom }) => {
    await page.keyboard.press('Home')
    await page.waitForTimeout(200)
    await page.mouse.move(bar, top)
    await page.mouse.down()
    await pull(page, bar, top, bottom)
    await mustBeAtEnd(page)
    await pull(page, bar, bottom, top)
    await page.mouse.up()
  },
  'End, Home, End': async (page) => {
    for (const key of ['End', 'Home', 'End']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(300)
    }
    await mustBeAtEnd(page)
  },
  'wheel from end to end, every block of the list': async (page, { height }) => {
    await page.keyboard.press('Home')
    const steps = 1000
    const step = Math.ceil((height * 1.02) / steps)
    for (let i = 0; i < steps; i++) await turn(page, step)
    await mustBeAtEnd(page)
  },
}

interface Geometry {
  /** Where the thumb of the scroll bar is taken hold of, below the arrow, and where it goes; px of the window. */
  bar: number
  top: number
  bottom: number
  /** Of all rows, px. */
  height: number
}

/**
 * The list from end to end in a real browser: long tasks of the page, the slowest answer to an input, frames in which a row in view was
 * still empty, work a frame, and what is left in memory when the list stands still again.
 */
export async function run(
  options: { scale?: number } = {},
): Promise<{ name: string; rows: Array<Record<string, string | number>> }> {
  const scale = options.scale ?? 100_000
  const screen = await openScreen(scale, watchPage)
  try {
    const { page } = screen
    await page.waitForTimeout(1000)
    const at = await geometry(page)
    const before = await rested(screen, 0)
    const load = screen.load()
    await page.mouse.move(683, 400)
    const rows: Array<Record<string, string | number>> = []
    for (const [way, go] of Object.entries(WAYS)) rows.push({ way, ...(await measure(screen, () => go(page, at))) })
    const full = await rested(screen, 0)
    const after = await rested(screen, FORGET)
    const { count } = await screen.client.customers.count({ filter: EVERYBODY })
    const mb = (each: { heap: number; nodes: number }) => `${Math.round(each.heap)} MB, ${each.nodes} nodes`
    rows.push({ way: `heap: before ${mb(before)}; at the end ${mb(full)}; at rest ${mb(after)}` })
    rows.push({ way: `${count} customers; load a processor ${load} before, ${screen.load()} after` })
    return { name, rows }
  } finally {
    await screen.close()
  }
}

declare global {
  interface Window {
    /** What was seen since the last call. */
    seen(): {
      tasks: number[]
      inputs: number[]
      frames: number
      blankFrames: number
      blankMs: number
      longestBlank: number
    }
  }
}

async function measure({ page, cdp }: Screen, go: () => Promise<void>) {
  await page.evaluate(() => window.seen())
  const start = await metrics(cdp)
  await go()
  await page.waitForTimeout(REST)
  const end = await metrics(cdp)
  const { tasks, inputs, frames, blankFrames, blankMs, longestBlank } = await page.evaluate(() => window.seen())
  const long = tasks.sort((a, b) => b - a)
  const slow = inputs.sort((a, b) => a - b)
  const perFrame = (seconds: number) => round((seconds * 1000) / Math.max(1, frames))
  return {
    frames,
    'tasks > 50 ms': long.length,
    'longest ms': long.length > 0 ? long.slice(0, 3).map(Math.round).join(', ') : `< ${LONG}`,
    'input p95 ms': slow.length > 0 ? round(quantile(slow, 0.95)) : '< 16',
    'work ms/frame': perFrame(end.task - start.task),
    'script ms/frame': perFrame(end.script - start.script),
    'layout ms/frame': perFrame(end.layout - start.layout),
    'blank frames': blankFrames,
    'blank ms': Math.round(blankMs),
    'longest blank ms': Math.round(longestBlank),
    gate: long.length === 0 ? 'ok' : 'MISSED (no task over 50 ms)',
  }
}

/** Runs in the page. */
function watchPage() {
  let tasks: number[] = []
  let inputs: number[] = []
  let frames = 0
  let blankFrames = 0
  let blankMs = 0
  let longestBlank = 0
  let blankSince: number | null = null
  let last = 0
  const observe = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}) => {
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry)
    })
    observer.observe({ type, ...more } as PerformanceObserverInit)
    return () => {
      for (const entry of observer.takeRecords()) take(entry)
    }
  }
  const takers = [
    observe('longtask', (entry) => tasks.push(entry.duration)),
    observe('event', (entry) => inputs.push(entry.duration), { durationThreshold: 16 }),
  ]
  const isBlank = () => {
    const grid = document.querySelector('[role=grid]')
    const empty = grid?.querySelectorAll('[data-index][aria-busy]') ?? []
    if (!grid || empty.length === 0) return false
    const view = grid.getBoundingClientRect()
    return [...empty].some((row) => {
      const box = row.getBoundingClientRect()
      return box.bottom > view.top && box.top < view.bottom
    })
  }
  const frame = (now: number) => {
    frames += 1
    const blank = isBlank()
    if (blank) {
      blankFrames += 1
      blankSince ??= last
      blankMs += now - last
    }
    if (blankSince !== null) longestBlank = Math.max(longestBlank, now - blankSince)
    if (!blank) blankSince = null
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  window.seen = () => {
    for (const take of takers) take()
    const result = { tasks, inputs, frames, blankFrames, blankMs, longestBlank }
    tasks = []
    inputs = []
    frames = blankFrames = blankMs = longestBlank = 0
    return result
  }
}

const geometry = (page: Page): Promise<Geometry> =>
  page.evaluate(() => {
    const grid = document.querySelector('[role=grid]') as HTMLElement
    const box = grid.getBoundingClientRect()
    const width = grid.offsetWidth - grid.clientWidth
    const isLeft = getComputedStyle(grid).direction === 'rtl'
    const rowHeight = grid.querySelector<HTMLElement>('[data-grid-head]')?.offsetHeight ?? 42
    return {
      bar: isLeft ? box.left + width / 2 : box.right - width / 2,
      top: box.top + width + 9,
      bottom: box.bottom,
      height: (Number(grid.getAttribute('aria-rowcount')) - 1) * rowHeight,
    }
  })

async function turn(page: Page, pixels: number) {
  await page.mouse.wheel(0, pixels)
  await page.waitForTimeout(12)
}

async function press(page: Page, key: string) {
  await page.keyboard.press(key)
  await page.waitForTimeout(25)
}

async function pull(page: Page, x: number, from: number, to: number) {
  const steps = 150
  for (let i = 1; i <= steps; i++) {
    await page.mouse.move(x, from + ((to - from) * i) / steps)
    await page.waitForTimeout(14)
  }
}

/** A way that does not arrive would measure nothing. */
async function mustBeAtEnd(page: Page) {
  const count = await page.getAttribute('[role=grid]', 'aria-rowcount')
  await page.waitForSelector(`[role=grid] [aria-rowindex="${count}"]:not([aria-busy])`, { timeout: 10_000 })
}

/** Heap and nodes after collecting what nobody holds any more. */
async function rested({ page, cdp }: Screen, wait: number) {
  await page.waitForTimeout(wait)
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  return metrics(cdp)
}
