import { useNavigate } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerRow } from '../../../shared/contract/customers.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { errorText } from '../../api/errors.ts'
import { useCan } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { visibleColumns } from '../../ui/grid-columns.ts'
import { chosenCount, type GridSelection, noSelection } from '../../ui/grid-selection.ts'
import { useLanguage } from '../../ui/locale.ts'
import { ExportList } from '../exports/ExportList.tsx'
import { Bulk } from './Bulk.tsx'
import { useColumns, useListColumns } from './Columns.tsx'
import { Empty } from './Empty.tsx'
import { Filters } from './Filters.tsx'
import { keepPlace, placeIn } from './list-place.ts'
import { Panel } from './Panel.tsx'
import { QuickBox } from './QuickBox.tsx'
import { sortOf, toGridSort } from './sort-model.ts'
import { useBlocks } from './use-blocks.ts'
import { useList } from './use-list.ts'
import { useOpen } from './use-open.ts'
import { useRemove } from './use-remove.ts'
import { Views } from './Views.tsx'

/** The customer list: views and filters above, any number of rows, the record beside it. */
export function List() {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const navigate = useNavigate()
  const app = useApp()
  const list = useList()
  const [start] = useState(() => placeIn(JSON.stringify(list.asked)))
  const blocks = useBlocks(list.asked, start?.index)
  const columns = useColumns()
  const shown = useListColumns(columns, list.view.own, list.view.id === 'slipped' ? 'last_contact' : undefined)
  const [selection, setSelection] = useState<GridSelection>(noSelection)
  const [active, setActive] = useState<string | null>(list.open ?? start?.id ?? null)
  const [open, setOpen] = useOpen(list)
  const canBulk = useCan('customers.bulk')
  const canImport = useCan('imports.run')
  const remove = useRemove()
  const frame = useRef<HTMLDivElement>(null)
  // Delete means the chosen rows while there are any.
  const removeChosen = useRef<(() => void) | null>(null)
  const askedAll = JSON.stringify(list.asked)
  const askedKey = JSON.stringify(list.asked.filter)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a choice belongs to the filter it was made in
  useEffect(() => setSelection(noSelection), [askedKey])
  const focusGrid = useCallback(() => frame.current?.querySelector<HTMLElement>('[role=grid]')?.focus(), [])
  // The arrow keys work from the first moment.
  useEffect(() => {
    const at = document.activeElement
    // Coming from another page the focus rests on the page as a whole.
    if (at === document.body || at?.id === 'main') focusGrid()
  }, [focusGrid])

  const show = (row: CustomerRow) => void navigate({ to: '/customers/$id', params: { id: row.id } } as never)
  const edit = (row: CustomerRow) => void navigate({ to: '/customers/$id/edit', params: { id: row.id } } as never)
  const onActive = (id: string) => {
    setActive(id)
    if (open !== null) setOpen(id)
  }
  // Space shows the record, as in file managers; Shift+Space chooses the row (the grid's own Space).
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== ' ' || event.shiftKey || event.ctrlKey || (event.target as Element).role !== 'grid') return
    event.preventDefault()
    event.stopPropagation()
    const first = blocks.getRow(0)?.id ?? null
    setOpen(open ? null : (active ?? first))
    if (!active) setActive(first)
  }

  const total = blocks.total
  const shownIds = visibleColumns(columns, shown.state).map((column) => column.id)
  return (
    <div className="flex h-full min-h-0 gap-3.5">
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <header className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
          <h1 className="text-lg font-bold">{t('title')}</h1>
          <span className="text-[0.8125rem] text-muted" aria-live="polite">
            {total === undefined ? null : t('total', { count: total, n: formatNumber(total, language) })}
          </span>
          <div className="ms-auto flex min-w-0 items-center gap-2">
            <QuickBox key={list.view.id} text={list.text} onText={list.setText} onDown={focusGrid} />
            <Filters list={list} />
            {canImport && !open ? (
              <Button icon={<FileUp />} onPress={() => app.go('/import')}>
                {t('import')}
              </Button>
            ) : null}
            {open || blocks.asked.filter.trash ? null : (
              <ExportList
                target={{ filter: blocks.asked.filter, except: [] }}
                sort={blocks.asked.sort}
                count={blocks.rowCount}
                columns={shownIds}
              />
            )}
          </div>
        </header>
        <Views list={list} columns={shown} />
        {blocks.error && !blocks.isReady ? <ErrorState title={errorText(t, blocks.error)} /> : null}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and clicks of the grid inside */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: Space does the same, see onKey */}
        <div
          ref={frame}
          className="flex min-h-0 flex-1 flex-col"
          onKeyDownCapture={onKey}
          onClick={(event) => {
            const target = event.target as Element
            if (target.matches('input[type=checkbox]') || event.ctrlKey || event.shiftKey) return
            const index = target.closest<HTMLElement>('[data-index]')?.dataset.index
            const row = index === undefined ? undefined : blocks.getRow(Number(index))
            if (row) setOpen(row.id)
          }}
        >
          <DataGrid
            label={t('list.label')}
            columns={columns}
            rowCount={blocks.rowCount}
            listKey={JSON.stringify(blocks.asked)}
            getRow={blocks.getRow}
            onNeedRange={blocks.onNeedRange}
            sort={toGridSort(list.view.sort)}
            onSortChange={(sort) => list.setSort(sortOf(sort))}
            columnState={shown.state}
            onColumnStateChange={shown.set}
            selection={canBulk ? selection : undefined}
            onSelectionChange={canBulk ? setSelection : undefined}
            activeId={active}
            onActiveChange={onActive}
            onOpen={show}
            onEdit={edit}
            // Just added or found: the panel shows another record than the row walked to before. Neither is deleted then.
            onDelete={(row) => {
              if (chosenCount(selection, blocks.rowCount) > 0) removeChosen.current?.()
              else if (open === null || open === row.id) void remove(row)
            }}
            startAt={start}
            onLeave={(place) => keepPlace({ ...place, id: active, search: list.search, asked: askedAll })}
            onEscape={() => (open ? setOpen(null) : setSelection(noSelection))}
            rowHref={(row) => `#/customers/${row.id}`}
            emptyState={blocks.isReady ? <Empty list={list} /> : null}
            className="max-h-full flex-1"
          />
          <Bulk
            asked={blocks.asked}
            total={blocks.rowCount}
            columns={shownIds}
            selection={selection}
            onSelection={setSelection}
            removeRef={removeChosen}
          />
        </div>
      </div>
      {open ? (
        <Panel
          id={open}
          onClose={() => {
            setOpen(null)
            focusGrid()
          }}
        />
      ) : null}
    </div>
  )
}
