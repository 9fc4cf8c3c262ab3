import { describe, expect, it } from 'vitest'
import { arrive, makeReady, type Stage } from '../../renderer/app/staging.ts'

const EMPTY: Stage = { at: '/help', open: null, staged: null, last: null, next: 0 }
const BOTH = ['/today', '/calendar']

describe('the stage of pages', () => {
  it('makes one page ready at a key, and shows that very page when it is opened', () => {
    const ready = makeReady(EMPTY, BOTH)
    expect(ready.staged).toEqual({ path: '/today', id: 0 })
    const there = arrive(ready, '/today', true)
    expect(there).toMatchObject({ at: '/today', open: ready.staged, staged: null })
    expect(there.open).toBe(ready.staged)
  })

  it('makes the page ready that was opened last, but never the one that is open', () => {
    const open = arrive(EMPTY, '/calendar', true)
    expect(makeReady(open, BOTH).staged?.path).toBe('/today')
    const back = arrive(open, '/help', false)
    expect(back).toMatchObject({ at: '/help', open: null, staged: null })
    expect(makeReady(back, BOTH).staged?.path).toBe('/calendar')
  })

  it('is another visit each time', () => {
    const first = arrive(EMPTY, '/today', true)
    const again = arrive(arrive(first, '/help', false), '/today', true)
    expect(again.open).toMatchObject({ path: '/today' })
    expect(again.open?.id).not.toBe(first.open?.id)
  })

  it('lets go what stands ready when another page is opened or a key leads nowhere', () => {
    const ready = makeReady(EMPTY, BOTH)
    expect(makeReady(ready, [])).toMatchObject({ staged: null })
    expect(arrive(ready, '/settings', false)).toMatchObject({ at: '/settings', open: null, staged: null })
    expect(arrive(ready, '/calendar', true)).toMatchObject({ open: { path: '/calendar' }, staged: null })
    // What was asked for the moment the page was opened is no page more.
    expect(makeReady(arrive(ready, '/today', true), ['/today']).staged).toBeNull()
  })

  it('draws nothing anew while the same page is asked for', () => {
    const ready = makeReady(EMPTY, BOTH)
    expect(makeReady(ready, BOTH)).toBe(ready)
    const nothing = arrive(EMPTY, '/help', false)
    expect(makeReady(nothing, []).staged).toBeNull()
  })
})
