import { describe, expect, it } from 'vitest'
import { type Moment, watchClock } from '../../renderer/app/clock.ts'

/** Tehran is three and a half hours ahead: 23:59:30 of 1 Azar 1405. */
const BEFORE_MIDNIGHT = Date.UTC(2026, 10, 22, 20, 29, 30)
const MINUTE = 60_000

/** A window whose timers run only while `pass` moves both clocks; `sleep` moves the wall clock alone. */
function fakeWindow(start: number) {
  let wall = start
  let running = 0
  const timers = new Map<object, { at: number; run: () => void }>()
  const wakers = new Set<() => void>()
  return {
    timers,
    wakers,
    host: {
      now: () => wall,
      after(ms: number, run: () => void) {
        const one = {}
        timers.set(one, { at: running + ms, run })
        return () => void timers.delete(one)
      },
      onWake(run: () => void) {
        wakers.add(run)
        return () => void wakers.delete(run)
      },
    },
    pass(ms: number) {
      const end = running + ms
      for (;;) {
        const [due] = [...timers].filter(([, t]) => t.at <= end).sort(([, a], [, b]) => a.at - b.at)
        if (!due) break
        wall += due[1].at - running
        running = due[1].at
        timers.delete(due[0])
        due[1].run()
      }
      wall += end - running
      running = end
    },
    sleep(ms: number) {
      wall += ms
    },
    wake() {
      for (const run of wakers) run()
    },
  }
}

function watched(start: number) {
  const window = fakeWindow(start)
  const told: Moment[] = []
  const stop = watchClock(window.host, (moment) => told.push(moment))
  return { ...window, told, stop }
}

describe('the clock of the screen', () => {
  it('tells of midnight within the first moment of the new day, and once', () => {
    const at = watched(BEFORE_MIDNIGHT)
    at.pass(29_990)
    expect(at.told).toEqual([])
    at.pass(100)
    expect(at.told).toEqual([{ day: '2026-11-23', minute: 0 }])
    at.pass(30_000)
    expect(at.told).toHaveLength(1)
  })

  it('tells every minute', () => {
    const at = watched(BEFORE_MIDNIGHT)
    at.pass(3 * MINUTE)
    expect(at.told.map(({ minute }) => minute)).toEqual([0, 1, 2])
  })

  it('tells of the new day as soon as the PC wakes up, before any timer', () => {
    const at = watched(BEFORE_MIDNIGHT)
    at.sleep(8 * 60 * MINUTE)
    expect(at.told).toEqual([])
    at.wake()
    expect(at.told).toEqual([{ day: '2026-11-23', minute: 479 }])
  })

  it('notices within seconds that the clock was put forward or back, without being woken', () => {
    const at = watched(BEFORE_MIDNIGHT)
    at.sleep(3 * 24 * 60 * MINUTE)
    at.pass(20_010)
    expect(at.told.at(-1)?.day).toBe('2026-11-25')
    at.sleep(-3 * 24 * 60 * MINUTE)
    at.pass(20_010)
    expect(at.told.at(-1)?.day).toBe('2026-11-23')
  })

  it('holds one timer only, however often it is woken, and none when it is stopped', () => {
    const at = watched(BEFORE_MIDNIGHT)
    for (let i = 0; i < 5; i++) at.wake()
    expect(at.timers.size).toBe(1)
    at.stop()
    expect(at.timers.size + at.wakers.size).toBe(0)
  })
})
