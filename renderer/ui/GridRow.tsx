// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold rows placed by position; ARIA's grid roles say the same
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at rows by aria-activedescendant
import { memo, type ReactElement } from 'react'
import { cx } from './cx.ts'
import type { GridColumn } from './grid-columns.ts'

export type GridRowProps<Row> = {
  id: string
  row: Row | undefined
  index: number
  top: number
  columns: readonly GridColumn<Row>[]
  isActive: boolean
  /** Undefined: the grid has no check boxes. */
  isChosen: boolean | undefined
  href: string | undefined
  checkLabel: string
}

const cellClass = 'flex min-w-0 items-center px-2.5'

export const alignClass = { start: 'justify-start', end: 'justify-end', numeric: 'justify-end tnum' }

function GridRowView<Row>({ id, row, index, top, columns, isActive, isChosen, href, checkLabel }: GridRowProps<Row>) {
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isChosen ?? isActive}
      aria-busy={!row || undefined}
      style={{ top, gridTemplateColumns: 'var(--cols)' }}
      className={cx(
        'absolute inset-x-0 grid h-row [contain:strict] cursor-default border-b border-line',
        isActive ? 'on-soft bg-accent-soft' : isChosen ? 'bg-surface-2' : 'hover:bg-surface-2/60',
      )}
    >
      {isChosen === undefined ? null : (
        <div role="gridcell" className="flex items-center justify-center">
          <input
            type="checkbox"
            tabIndex={-1}
            className="check"
            checked={isChosen}
            readOnly
            disabled={!row}
            aria-label={checkLabel}
          />
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          dir={column.align === 'numeric' ? 'ltr' : undefined}
          className={cx(cellClass, alignClass[column.align ?? 'start'])}
        >
          <div className="min-w-0 truncate">
            {!row ? (
              <span className="text-muted opacity-60" aria-hidden="true">
                –
              </span>
            ) : at === 0 && href ? (
              <a href={href} tabIndex={-1} className="text-inherit no-underline" draggable={false}>
                {column.cell(row)}
              </a>
            ) : (
              column.cell(row)
            )}
          </div>
        </div>
      ))}
    </div>
  )
}

/** One row of the grid; drawn again only when its own record or state changed. */
export const GridRow = memo(GridRowView) as <Row>(props: GridRowProps<Row>) => ReactElement
