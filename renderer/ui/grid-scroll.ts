/**
 * The scroll space of a list of equal rows. Browsers cap the height of an element (Chromium at about 16.7 million px when
 * zoomed), and a million rows are 42 million: above MAX_HEIGHT the bar moves in proportion instead, while wheel and keys keep
 * moving pixel by pixel. Because all rows are equally high, positions are plain arithmetic; a virtualiser that measures would
 * hold an entry per row.
 */
export const MAX_HEIGHT = 8_000_000

export type ScrollSpace = {
  /** Height the rows would have, px. */
  full: number
  /** Height the page really gives them, px. */
  real: number
  /** Px of `full` per px of the scroll bar. */
  scale: number
}

export function scrollSpace(rowCount: number, rowHeight: number, viewHeight: number, cap = MAX_HEIGHT): ScrollSpace {
  const full = rowCount * rowHeight
  const real = Math.min(full, cap)
  const scale = real > viewHeight && full > real ? (full - viewHeight) / (real - viewHeight) : 1
  return { full, real, scale }
}

/** Rows to draw around an offset, [first, last), with a margin; `first` moves in steps so that small scrolls draw nothing new. */
export function rowWindow(offset: number, viewHeight: number, rowHeight: number, rowCount: number): [number, number] {
  const step = 4
  const margin = 4
  const first = Math.max(0, Math.floor((Math.floor(offset / rowHeight) - margin) / step) * step)
  const last = Math.min(rowCount, first + Math.ceil(viewHeight / rowHeight) + 2 * margin + step)
  return [first, last]
}

/** The offset that brings a row into view with the least movement. */
export function offsetFor(index: number, offset: number, viewHeight: number, rowHeight: number): number {
  const top = index * rowHeight
  if (top < offset) return top
  return top + rowHeight > offset + viewHeight ? top + rowHeight - viewHeight : offset
}
