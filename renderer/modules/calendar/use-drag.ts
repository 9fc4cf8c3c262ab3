import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react'
import type { Entry, Move } from './calendar-model.ts'

export interface Drag {
  entry: Entry
  target: Move | null
  x: number
  y: number
}

/** Pixels that a hand trembles. */
const SLACK = 5
/** Minutes to which the pointer holds in columns of hours. */
const SNAP = 15
const LAST = 1440 - SNAP

/** Where a point of the screen is: a cell (`data-day`), the row of what has no time (`data-untimed`), or a column of hours (`data-hours`). */
export function placeAt(x: number, y: number, minute: number | null, grabbed = 0): Move | null {
  const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-day]')
  const day = cell?.dataset['day']
  if (!cell || !day) return null
  if (cell.dataset['untimed'] !== undefined) return { day, minute: null }
  if (cell.dataset['hours'] === undefined) return { day, minute }
  const { top, height } = cell.getBoundingClientRect()
  const at = ((y - top) / height) * 1440 - grabbed
  return { day, minute: Math.max(0, Math.min(LAST, Math.round(at / SNAP) * SNAP)) }
}

/** Moving an entry with the pointer; Esc lets it stay. The click that ends a drag opens nothing. */
export function useDrag(find: (key: string) => Entry | null, onMove: (entry: Entry, to: Move) => void) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const live = useRef<{ entry: Entry; x: number; y: number; grabbed: number; drag: Drag | null } | null>(null)
  const wasDrag = useRef(false)
  const latest = useRef(onMove)
  latest.current = onMove

  useEffect(() => {
    const set = (next: Drag | null) => {
      if (live.current) live.current.drag = next
      setDrag(next)
    }
    const move = (event: PointerEvent) => {
      const now = live.current
      if (!now) return
      if (!now.drag && Math.hypot(event.clientX - now.x, event.clientY - now.y) < SLACK) return
      const target = placeAt(event.clientX, event.clientY, now.entry.minute, now.grabbed)
      set({ entry: now.entry, target, x: event.clientX, y: event.clientY })
    }
    const up = () => {
      const now = live.current
      live.current = null
      setDrag(null)
      if (!now?.drag) return
      wasDrag.current = true
      setTimeout(() => {
        wasDrag.current = false
      }, 0)
      if (now.drag.target) latest.current(now.entry, now.drag.target)
    }
    const cancel = () => {
      live.current = null
      setDrag(null)
    }
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !live.current?.drag) return
      event.preventDefault()
      event.stopPropagation()
      cancel()
    }
    addEventListener('pointermove', move)
    addEventListener('pointerup', up)
    addEventListener('pointercancel', cancel)
    addEventListener('keydown', press, true)
    return () => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', up)
      removeEventListener('pointercancel', cancel)
      removeEventListener('keydown', press, true)
    }
  }, [])

  const begin = (event: ReactPointerEvent) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const chip = (event.target as Element).closest<HTMLElement>('[data-entry]')
    const entry = chip && find(chip.dataset['entry'] ?? '')
    if (!chip || !entry) return
    const column = chip.closest<HTMLElement>('[data-hours]')
    const grabbed =
      column && entry.minute !== null
        ? ((event.clientY - chip.getBoundingClientRect().top) / column.getBoundingClientRect().height) * 1440
        : 0
    live.current = { entry, x: event.clientX, y: event.clientY, grabbed, drag: null }
  }
  return { drag, begin, wasDrag }
}
