// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold rows placed by position; ARIA's grid roles say the same
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at rows by aria-activedescendant
import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react'
import { useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { GridColumnMenu } from './GridColumnMenu.tsx'
import { type ColumnState, columnTemplate, type GridColumn, moveColumn, setWidth, widthOf } from './grid-columns.ts'

export type GridSort = { id: string; direction: 'asc' | 'desc' }

export type GridHeaderProps<Row> = {
  all: readonly GridColumn<Row>[]
  columns: readonly GridColumn<Row>[]
  state: ColumnState
  onState: (state: ColumnState) => void
  sort: GridSort | null
  onSort: (sort: GridSort) => void
  /** The button of all columns stands at the end of the row. */
  hasButton: boolean
  /** Undefined: no check boxes. */
  check: { state: 'none' | 'some' | 'all'; onToggle: () => void } | undefined
}

/** Numeric cells end at the right edge in both directions (they are left-to-right islands); their titles follow. */
const headAlign = { start: 'justify-start', end: 'justify-end', numeric: 'rtl:justify-start ltr:justify-end' }

/** The head row: sort by click, order by drag, width by the edge; the same by keys (arrows, Shift+arrows, Alt+arrows, menu by ↓). */
export function GridHeader<Row>({
  all,
  columns,
  state,
  onState,
  hasButton,
  sort,
  onSort,
  check,
}: GridHeaderProps<Row>) {
  const { t } = useTranslation('ui')
  const { direction } = useLocale()
  const sign = direction === 'rtl' ? -1 : 1
  const row = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(0)
  const [menu, setMenu] = useState<{ id: string; element: Element } | null>(null)
  const [drag, setDrag] = useState<{ id: string; to: number } | null>(null)
  const wasDragged = useRef(false)
  // A key held down comes faster than the columns are drawn again: the next step goes on from the last one, not from what is drawn.
  const latest = useRef(state)
  useLayoutEffect(() => {
    latest.current = state
  }, [state])
  const change = (next: ColumnState) => {
    latest.current = next
    onState(next)
  }

  const heads = () => [...(row.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])]
  const focusAt = (at: number) => {
    setFocused(at)
    heads()[at]?.querySelector('button')?.focus()
  }
  const sortBy = (column: GridColumn<Row>) => {
    if (column.isSortable)
      onSort({ id: column.id, direction: sort?.id === column.id && sort.direction === 'asc' ? 'desc' : 'asc' })
  }

  /** All columns at the width they are drawn with, so that pulling one edge leaves the others where they are. */
  const frozen = (): ColumnState => {
    const now = latest.current
    const drawn = columns.reduce(
      (each, column, at) => setWidth(each, column.id, heads()[at]?.offsetWidth ?? column.width),
      now,
    )
    return now === state ? drawn : { ...drawn, widths: { ...drawn.widths, ...now.widths } }
  }

  const resize = (column: GridColumn<Row>, event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.stopPropagation()
    const handle = event.currentTarget
    const grid = handle.closest<HTMLElement>('[role=grid]')
    const start = frozen()
    const from = start.widths[column.id] ?? column.width
    const startX = event.clientX
    let next = start
    handle.setPointerCapture(event.pointerId)
    handle.onpointermove = (move) => {
      next = setWidth(start, column.id, Math.max(column.minWidth ?? 64, from + (move.clientX - startX) * sign))
      // Straight into the style: a thousand cells follow without React drawing any of them.
      grid?.style.setProperty('--cols', columnTemplate(columns, next, !!check))
    }
    handle.onpointerup = handle.onpointercancel = () => {
      handle.onpointermove = handle.onpointerup = handle.onpointercancel = null
      if (next !== start) change(next)
    }
  }

  const reorder = (column: GridColumn<Row>, event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    const handle = event.currentTarget
    const startX = event.clientX
    wasDragged.current = false
    let to = -1
    handle.setPointerCapture(event.pointerId)
    handle.onpointermove = (move) => {
      if (to < 0 && Math.abs(move.clientX - startX) < 6) return
      wasDragged.current = true
      const others = heads().filter((head) => head.dataset.column !== column.id)
      to = others.filter((head) => {
        const box = head.getBoundingClientRect()
        return (move.clientX - (box.x + box.width / 2)) * sign > 0
      }).length
      setDrag({ id: column.id, to })
    }
    handle.onpointerup = handle.onpointercancel = () => {
      handle.onpointermove = handle.onpointerup = handle.onpointercancel = null
      setDrag(null)
      if (to >= 0) change(moveColumn(all, latest.current, column.id, to))
    }
  }

  const onKeyDown = (column: GridColumn<Row>, at: number, event: KeyboardEvent<HTMLElement>) => {
    event.stopPropagation()
    const step = event.key === 'ArrowRight' ? sign : event.key === 'ArrowLeft' ? -sign : 0
    if (event.key === 'ArrowDown' || event.key === 'ContextMenu') {
      event.preventDefault()
      return setMenu({ id: column.id, element: event.currentTarget })
    }
    if (step === 0) return
    event.preventDefault()
    if (event.shiftKey) {
      const start = frozen()
      return change(setWidth(start, column.id, Math.max(column.minWidth ?? 64, widthOf(column, start) + step * 16)))
    }
    const to = Math.max(0, Math.min(columns.length - 1, at + step))
    if (event.altKey) {
      change(moveColumn(all, latest.current, column.id, to))
      return setTimeout(() => focusAt(to))
    }
    focusAt(to)
  }

  const dropAt = drag ? columns.filter((column) => column.id !== drag.id)[drag.to]?.id : undefined
  return (
    // As wide as the rows: a width of its own would share the spare room otherwise than they do.
    <div role="rowgroup" className="sticky top-0 z-10">
      <div
        role="row"
        ref={row}
        data-grid-head
        aria-rowindex={1}
        style={{ gridTemplateColumns: 'var(--cols)' }}
        // Clipped: the handle of the last column stands half outside and would make the whole list scroll sideways.
        className="grid h-row overflow-x-clip border-b border-line bg-surface-2 text-[0.8125rem] text-muted"
      >
        {check ? (
          <div role="columnheader" className="flex items-center justify-center">
            <input
              type="checkbox"
              className="check"
              aria-label={t('grid.selectAll')}
              checked={check.state === 'all'}
              ref={(element) => {
                if (element) element.indeterminate = check.state === 'some'
              }}
              onChange={check.onToggle}
            />
          </div>
        ) : null}
        {columns.map((column, at) => {
          const sorted = sort?.id === column.id ? sort.direction : undefined
          const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp
          return (
            <div
              key={column.id}
              role="columnheader"
              data-column={column.id}
              aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}
              className={cx(
                'group relative flex min-w-0 items-center',
                headAlign[column.align ?? 'start'],
                hasButton && at === columns.length - 1 && 'pe-8',
                drag?.id === column.id && 'opacity-50',
                dropAt === column.id && 'before:absolute before:inset-y-1 before:start-0 before:w-0.5 before:bg-accent',
              )}
            >
              <button
                type="button"
                tabIndex={at === Math.min(focused, columns.length - 1) ? 0 : -1}
                onFocus={() => setFocused(at)}
                onClick={() => !wasDragged.current && sortBy(column)}
                onContextMenu={(event) => {
                  event.preventDefault()
                  setMenu({ id: column.id, element: event.currentTarget })
                }}
                onKeyDown={(event) => onKeyDown(column, at, event)}
                onPointerDown={(event) => reorder(column, event)}
                className={cx(
                  'flex h-full min-w-0 flex-1 items-center gap-1 px-2.5 -outline-offset-2 select-none',
                  headAlign[column.align ?? 'start'],
                  sorted && 'font-semibold text-text',
                )}
              >
                <span className="truncate" dir="auto">
                  {column.header}
                </span>
                {sorted ? <Arrow className="size-3.5 shrink-0" aria-hidden="true" /> : null}
              </button>
              {/* For the pointer only: by keyboard the menu opens with ↓ on the title. */}
              <span
                aria-hidden="true"
                className="absolute end-2 hidden size-5 group-[.pe-8]:end-9 place-items-center rounded bg-surface-2 hover:text-text group-hover:grid"
                onClick={(event) => setMenu({ id: column.id, element: event.currentTarget })}
              >
                <ChevronDown className="size-3.5" />
              </span>
              <span
                aria-hidden="true"
                className="absolute inset-y-0 -end-1 z-10 w-2 cursor-col-resize touch-none after:absolute after:inset-y-2.5 after:start-1 after:w-px after:bg-line hover:after:bg-accent"
                onPointerDown={(event) => resize(column, event)}
              />
            </div>
          )
        })}
      </div>
      {menu ? (
        <GridColumnMenu
          all={all}
          state={state}
          onState={onState}
          onSort={onSort}
          columnId={menu.id}
          anchor={menu.element}
          onClose={() => setMenu(null)}
        />
      ) : null}
    </div>
  )
}
