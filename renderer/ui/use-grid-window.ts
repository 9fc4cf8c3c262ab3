import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { offsetFor, rowWindow, scrollSpace } from './grid-scroll.ts'

export type GridWindow = {
  first: number
  last: number
  /** Height of the body, px. */
  height: number
  rowHeight: number
  /** Goes on the element that holds the drawn rows; it is kept in place outside React's rendering. */
  rowsRef: RefObject<HTMLDivElement | null>
  onScroll: () => void
  scrollToRow: (index: number) => void
  scrollToStart: () => void
  scrollToOffset: (offset: number) => void
  /** True distance from the first row, px, also where the scroll bar is scaled. */
  offset: () => number
  /** Most rows that are drawn at once. */
  slots: number
  /** Whole rows that fit into view. */
  pageSize: () => number
}

/** A place the bar can never be at: even 0 must not be taken for our own move. */
const NOWHERE = -10

/** Follows the scroller and says which rows to draw; see grid-scroll.ts for the arithmetic. */
export function useGridWindow(scroller: RefObject<HTMLDivElement | null>, rowCount: number): GridWindow {
  const rowsRef = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ height: 600, rowHeight: 42 })
  const [range, setRange] = useState<[number, number]>([0, 30])
  // `offset` is the true place in the full height; the scroll bar only approximates it when the space is scaled.
  // `top` is the bar's last known place: asking the page for it after drawing would force a layout each time.
  const place = useRef({ offset: 0, top: 0, setTop: NOWHERE })
  const space = scrollSpace(rowCount, view.rowHeight, view.height)
  const [first, last] = range

  const put = (firstRow: number) => {
    if (!rowsRef.current) return
    const shift = space.scale === 1 ? 0 : place.current.top - place.current.offset
    const top = firstRow * view.rowHeight + shift
    rowsRef.current.style.top = `${top}px`
  }

  const update = (sync: boolean) => {
    const next = rowWindow(place.current.offset, view.height, view.rowHeight, rowCount)
    if (next[0] !== first || next[1] !== last) {
      // Within the scroll event's own frame: the rows must be there when it is painted.
      if (sync) flushSync(() => setRange(next))
      else setRange(next)
    } else put(first)
  }

  const onScroll = () => {
    const top = scroller.current?.scrollTop ?? 0
    // Our own move comes back rounded; only a move of the bar by hand is a new place.
    place.current.top = top
    if (Math.abs(top - place.current.setTop) > 1) place.current.offset = top * space.scale
    place.current.setTop = NOWHERE
    update(true)
  }

  const moveTo = (offset: number) => {
    const element = scroller.current
    if (!element) return
    place.current.offset = Math.max(0, Math.min(offset, space.full - view.height))
    const top = place.current.offset / space.scale
    place.current.top = place.current.setTop = top
    element.scrollTop = top
    update(false)
  }

  useLayoutEffect(() => put(first))
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new count or size of view asks for a new window, whatever it was
  useLayoutEffect(() => {
    place.current.offset = Math.max(0, Math.min(place.current.offset, space.full - view.height))
    update(false)
  }, [rowCount, view.height, view.rowHeight])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => {
      const head = element.querySelector<HTMLElement>('[data-grid-head]')
      // Head and rows have one height: both are --row-h, which follows density and font size.
      const rowHeight = head?.offsetHeight || 42
      const height = Math.max(rowHeight, element.clientHeight - rowHeight)
      setView((old) => (old.height === height && old.rowHeight === rowHeight ? old : { height, rowHeight }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    const head = element.querySelector('[data-grid-head]')
    if (head) observer.observe(head)
    return () => observer.disconnect()
  }, [scroller])

  // Bound again after each drawing, to move from the newest place.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || space.scale === 1) return
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.shiftKey || event.deltaY === 0) return
      event.preventDefault()
      const unit = event.deltaMode === 1 ? view.rowHeight : event.deltaMode === 2 ? view.height : 1
      moveTo(place.current.offset + event.deltaY * unit)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  })

  return {
    first,
    last: Math.min(last, rowCount),
    height: space.real,
    slots: rowWindow(0, view.height, view.rowHeight, Number.MAX_SAFE_INTEGER)[1],
    rowHeight: view.rowHeight,
    rowsRef,
    onScroll,
    scrollToRow: (index) => moveTo(offsetFor(index, place.current.offset, view.height, view.rowHeight)),
    scrollToStart: () => moveTo(0),
    scrollToOffset: moveTo,
    offset: () => place.current.offset,
    pageSize: () => Math.max(1, Math.floor(view.height / view.rowHeight)),
  }
}
