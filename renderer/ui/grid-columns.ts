import type { ReactNode } from 'react'

export type GridColumn<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Pixels until the user sets a width; spare room is shared in proportion. */
  width: number
  minWidth?: number
  /** 'numeric' lays digits left to right at one edge, so that units stand under each other. */
  align?: 'start' | 'end' | 'numeric'
  isSortable?: boolean
  /** False for the column that may not be hidden (the name). Default true. */
  isHideable?: boolean
}

/** What the user changed about the columns; kept per list by the screen. */
export type ColumnState = {
  order: readonly string[]
  widths: Readonly<Record<string, number>>
  hidden: readonly string[]
}

export const noColumnState: ColumnState = { order: [], widths: {}, hidden: [] }

/** Room for the check boxes before the first column, in pixels. */
export const CHECK_WIDTH = 44

/** All columns in the user's order; columns that are new since the state was kept stand where they were declared. */
export function orderedColumns<Row>(columns: readonly GridColumn<Row>[], state: ColumnState): GridColumn<Row>[] {
  const rest = [...columns]
  const result: GridColumn<Row>[] = []
  for (const id of state.order) {
    const at = rest.findIndex((column) => column.id === id)
    if (at >= 0) result.push(...rest.splice(at, 1))
  }
  for (const column of rest) {
    const before = columns[columns.indexOf(column) - 1]
    result.splice(before ? result.indexOf(before) + 1 : 0, 0, column)
  }
  return result
}

/** The columns to draw, in order, without the hidden ones. */
export const visibleColumns = <Row>(columns: readonly GridColumn<Row>[], state: ColumnState) =>
  orderedColumns(columns, state).filter((column) => column.isHideable === false || !state.hidden.includes(column.id))

export const widthOf = <Row>(column: GridColumn<Row>, state: ColumnState) =>
  Math.max(column.minWidth ?? 64, Math.round(state.widths[column.id] ?? column.width))

/** The CSS grid of a row. Widths the user set are kept exactly; the others, else the last, take the spare room. */
export function columnTemplate<Row>(
  columns: readonly GridColumn<Row>[],
  state: ColumnState,
  hasChecks: boolean,
): string {
  const allSet = columns.every((column) => column.id in state.widths)
  const tracks = columns.map((column, at) => {
    const width = widthOf(column, state)
    if (column.id in state.widths) return allSet && at === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`
    return `minmax(${width}px, ${width}fr)`
  })
  return [hasChecks ? `${CHECK_WIDTH}px` : '', ...tracks].join(' ')
}

/** Puts a column at a place among the visible ones; hidden columns keep their neighbours. */
export function moveColumn<Row>(
  columns: readonly GridColumn<Row>[],
  state: ColumnState,
  id: string,
  to: number,
): ColumnState {
  const shown = visibleColumns(columns, state).filter((column) => column.id !== id)
  const target = shown[Math.max(0, Math.min(to, shown.length))]
  const order = orderedColumns(columns, state)
    .map((column) => column.id)
    .filter((each) => each !== id)
  order.splice(target ? order.indexOf(target.id) : order.length, 0, id)
  return { ...state, order }
}

export const setHidden = (state: ColumnState, id: string, isHidden: boolean): ColumnState => ({
  ...state,
  hidden: isHidden ? [...state.hidden.filter((each) => each !== id), id] : state.hidden.filter((each) => each !== id),
})

export const setWidth = (state: ColumnState, id: string, width: number): ColumnState => ({
  ...state,
  widths: { ...state.widths, [id]: Math.round(width) },
})
