// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid listens to the keys for all its rows
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold rows placed by position; ARIA's grid roles say the same
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at rows by aria-activedescendant
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../shared/domain/format.ts'
import { cx } from './cx.ts'
import { GridColumnsButton } from './GridColumnsButton.tsx'
import { GridHeader, type GridSort } from './GridHeader.tsx'
import { GridRow } from './GridRow.tsx'
import {
  CHECK_WIDTH,
  type ColumnState,
  columnTemplate,
  type GridColumn,
  noColumnState,
  visibleColumns,
  widthOf,
} from './grid-columns.ts'
import { chosenCount, type GridSelection, isChosen, noSelection, withChosen } from './grid-selection.ts'
import { useLanguage } from './locale.ts'
import { useGridWindow } from './use-grid-window.ts'

/** A place in a list: number of the active row (-1: none), and how far down the list is scrolled, px. */
export type GridPlace = { index: number; offset: number }

export type DataGridProps<Row extends { id: string }> = {
  /** Names the grid for screen readers. */
  label: string
  columns: readonly GridColumn<Row>[]
  rowCount: number
  /** The record at a place, or undefined while it is not loaded. */
  getRow: (index: number) => Row | undefined
  /** Asked when rows [start, end) come near the view; called often while scrolling, so it must be cheap. */
  onNeedRange?: (start: number, end: number) => void
  sort?: GridSort | null
  onSortChange?: (sort: GridSort) => void
  columnState?: ColumnState
  onColumnStateChange?: (state: ColumnState) => void
  /** Leave both out for a grid without check boxes. */
  selection?: GridSelection
  onSelectionChange?: (selection: GridSelection) => void
  activeId?: string | null
  onActiveChange?: (id: string, index: number) => void
  /** Enter or double click. */
  onOpen?: (row: Row) => void
  /** F2. */
  onEdit?: (row: Row) => void
  /** Delete key. */
  onDelete?: (row: Row) => void
  /** Esc: usually closes the side panel. */
  onEscape?: () => void
  /** Address of a record, so that a middle click opens it in a new window. */
  rowHref?: (row: Row) => string
  emptyState?: ReactNode
  /** What the list answers; a new one is shown from its first row. */
  listKey?: string
  /** The place to begin at, read once: where an earlier grid of the same list was left. */
  startAt?: GridPlace | null
  /** Called as the grid goes, with the place it was at. */
  onLeave?: (place: GridPlace) => void
  className?: string
}

/**
 * The list of records: any number of rows, loaded as they come near the view. The grid itself keeps the focus and points at
 * the active row (aria-activedescendant), because rows leave the page when they leave the view.
 */
export function DataGrid<Row extends { id: string }>(props: DataGridProps<Row>) {
  const { columns: all, rowCount, getRow, onNeedRange, columnState = noColumnState, selection, activeId = null } = props
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const gridId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const view = useGridWindow(scroller, rowCount)
  const { first, last } = view
  const columns = useMemo(() => visibleColumns(all, columnState), [all, columnState])
  // The place of the active record; -1 until it is seen. Kept apart from the id because the record may not be loaded.
  const [activeIndex, setActiveIndex] = useState(-1)
  const anchor = useRef<number | null>(null)
  const hasChecks = !!props.onSelectionChange

  useEffect(() => {
    if (rowCount > 0) onNeedRange?.(first, last)
  }, [first, last, rowCount, onNeedRange])

  const shownKey = useRef(props.listKey)
  useLayoutEffect(() => {
    if (shownKey.current === props.listKey) return
    shownKey.current = props.listKey
    view.scrollToStart()
  })

  const startAt = useRef(props.startAt)
  useLayoutEffect(() => {
    const start = startAt.current
    if (!start || rowCount <= Math.max(0, start.index)) return
    startAt.current = null
    setActiveIndex(start.index)
    view.scrollToOffset(start.offset)
  })
  const leave = useRef(() => {})
  leave.current = () => props.onLeave?.({ index: activeIndex, offset: view.offset() })
  useEffect(() => () => leave.current(), [])

  const activeRow = activeIndex >= 0 ? getRow(activeIndex) : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the record at the active place, or the wanted record, changes
  useEffect(() => {
    if (activeRow?.id === activeId) return
    // After a change of order the record stands elsewhere: look for it among the drawn rows.
    for (let at = first; at < last; at++) if (getRow(at)?.id === activeId) return setActiveIndex(at)
    if (activeRow && wanted.current === activeIndex) props.onActiveChange?.(activeRow.id, activeIndex)
  }, [activeRow?.id, activeId, first, last])
  const wanted = useRef(-1)

  const goTo = (index: number) => {
    const to = Math.max(0, Math.min(rowCount - 1, index))
    wanted.current = to
    setActiveIndex(to)
    view.scrollToRow(to)
    const row = getRow(to)
    if (row) props.onActiveChange?.(row.id, to)
  }

  const choose = (from: number, to: number, chosen?: boolean) => {
    if (!selection) return
    const ids: string[] = []
    for (let at = Math.min(from, to); at <= Math.max(from, to); at++) {
      const row = getRow(at)
      if (row) ids.push(row.id)
    }
    const target = getRow(to)
    if (target) props.onSelectionChange?.(withChosen(selection, ids, chosen ?? !isChosen(selection, target.id)))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return
    const isSelectAll = (event.ctrlKey || event.metaKey) && event.code === 'KeyA'
    if ((event.ctrlKey || event.metaKey || event.altKey) && !isSelectAll) return
    const row = activeIndex >= 0 ? getRow(activeIndex) : undefined
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex < 0 ? 0 : activeIndex - 1,
      PageDown: Math.max(0, activeIndex) + view.pageSize(),
      PageUp: activeIndex - view.pageSize(),
      Home: 0,
      End: rowCount - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) {
      if (event.shiftKey && activeIndex >= 0) choose(activeIndex, Math.max(0, Math.min(rowCount - 1, to)), true)
      goTo(to)
    } else if (event.key === ' ') choose(activeIndex, activeIndex)
    else if (isSelectAll) props.onSelectionChange?.({ all: true, ids: new Set() })
    else if (event.key === 'Enter' && row) props.onOpen?.(row)
    else if (event.key === 'F2' && row) props.onEdit?.(row)
    else if (event.key === 'Delete' && row) props.onDelete?.(row)
    else if (event.key === 'Escape') props.onEscape?.()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  // One listener for all rows: a row carries no functions, so it is drawn again only when its record changes.
  const indexOf = (event: MouseEvent) => {
    const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index
    return index === undefined ? -1 : Number(index)
  }
  const onClick = (event: MouseEvent) => {
    const index = indexOf(event)
    if (index < 0) return
    const isCheck = (event.target as Element).matches('input[type=checkbox]')
    const link = (event.target as Element).closest('a')
    if (link && (event.ctrlKey || event.metaKey || event.shiftKey)) return
    if (link) event.preventDefault()
    if (isCheck || event.ctrlKey || event.metaKey || event.shiftKey) {
      choose(event.shiftKey ? (anchor.current ?? index) : index, index)
      anchor.current = index
      if (isCheck) return scroller.current?.focus({ preventScroll: true })
    }
    anchor.current = index
    goTo(index)
  }

  // Once, not in each row: looking a text up costs more than drawing the check box.
  const checkLabel = hasChecks ? t('grid.selectRow', { row: '\u0000' }) : ''
  const chosen = selection ? chosenCount(selection, rowCount) : 0
  const rows: ReactNode[] = []
  // The window can be larger than the slots for one drawing, just after the list was resized.
  const slots = Math.max(1, view.slots, last - first)
  for (let index = first; index < last; index++) {
    const row = getRow(index)
    rows.push(
      <GridRow
        // A row that leaves at one end is used again at the other: changing text is cheaper than making elements.
        key={index % slots}
        id={`${gridId}-${index}`}
        row={row}
        index={index}
        top={(index - first) * view.rowHeight}
        columns={columns}
        isActive={row ? row.id === activeId : index === activeIndex}
        isChosen={hasChecks ? !!row && isChosen(selection ?? noSelection, row.id) : undefined}
        href={row && props.rowHref?.(row)}
        checkLabel={hasChecks ? checkLabel.replace('\u0000', formatNumber(index + 1, language)) : ''}
      />,
    )
  }
  const minWidth = columns.reduce((sum, column) => sum + widthOf(column, columnState), hasChecks ? CHECK_WIDTH : 0)
  const style = { '--cols': columnTemplate(columns, columnState, hasChecks) } as CSSProperties
  return (
    <div
      className={cx(
        'relative flex min-h-0 min-w-0 flex-col overflow-hidden rounded-card border border-line bg-surface has-[>[role=grid]:focus-visible]:focus-ring',
        props.className,
      )}
    >
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + (hasChecks ? 1 : 0)}
        aria-multiselectable={hasChecks || undefined}
        aria-activedescendant={activeIndex >= first && activeIndex < last ? `${gridId}-${activeIndex}` : undefined}
        style={style}
        onScroll={view.onScroll}
        onKeyDown={onKeyDown}
        className={cx(
          'relative min-h-0 overflow-auto outline-none tnum [overflow-anchor:none]',
          rowCount > 0 && 'flex-1',
        )}
      >
        <div className="relative min-w-full" style={{ inlineSize: `max(100%, ${minWidth}px)` }}>
          <GridHeader
            all={all}
            columns={columns}
            state={columnState}
            onState={(state) => props.onColumnStateChange?.(state)}
            hasButton={!!props.onColumnStateChange}
            sort={props.sort ?? null}
            onSort={(sort) => {
              view.scrollToStart()
              props.onSortChange?.(sort)
            }}
            check={
              hasChecks
                ? {
                    state: chosen === 0 ? 'none' : chosen >= rowCount ? 'all' : 'some',
                    onToggle: () => props.onSelectionChange?.(chosen > 0 ? noSelection : { all: true, ids: new Set() }),
                  }
                : undefined
            }
          />
          <div
            role="rowgroup"
            className="relative"
            style={{ height: view.height }}
            onClick={onClick}
            onDoubleClick={(event) => {
              const row = getRow(indexOf(event))
              if (row) props.onOpen?.(row)
            }}
          >
            <div ref={view.rowsRef} role="presentation" className="absolute inset-x-0">
              {rows}
            </div>
          </div>
        </div>
      </div>
      {props.onColumnStateChange ? (
        <GridColumnsButton all={all} state={columnState} onState={props.onColumnStateChange} scroller={scroller} />
      ) : null}
      {rowCount === 0 ? props.emptyState : null}
    </div>
  )
}
