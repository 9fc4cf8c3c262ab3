import { useCallback, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import { DataGrid } from './DataGrid.tsx'
import type { GridSort } from './GridHeader.tsx'
import { type ColumnState, type GridColumn, noColumnState } from './grid-columns.ts'
import { type GridSelection, noSelection } from './grid-selection.ts'
import type { Language } from './locale.ts'
import { SidePanel } from './SidePanel.tsx'

type Row = { id: string; name: string; phone: string; city: string; balance: number }

const names = ['علی رضایی', 'مینا کاظمی', 'شرکت پخش گلستان', 'محمدحسین علی‌پور', 'زهرا موسوی']
const digits = (text: string) => text.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? digit)
const makeRow = (index: number): Row => ({
  id: `row-${index}`,
  name: `${names[index % names.length]} ${digits(String(index + 1))}`,
  phone: `0912 ${String(100 + (index % 900))} ${String(1000 + (index % 9000))}`,
  city: index % 2 ? 'تهران' : 'اصفهان',
  balance: (index * 7919) % 50_000_000,
})

const columns: GridColumn<Row>[] = [
  {
    id: 'name',
    header: 'نام',
    cell: (row) => <span className="font-semibold">{row.name}</span>,
    width: 240,
    isSortable: true,
    isHideable: false,
  },
  { id: 'phone', header: 'تلفن', cell: (row) => <bdi dir="ltr">{digits(row.phone)}</bdi>, width: 150 },
  { id: 'city', header: 'شهر', cell: (row) => row.city, width: 110, isSortable: true },
  {
    id: 'balance',
    header: 'مانده (تومان)',
    cell: (row) => digits(row.balance.toLocaleString('en')).replaceAll(',', '٬'),
    width: 140,
    align: 'numeric',
    isSortable: true,
  },
]

/** A million rows that arrive a little late, as pages from the engine do. */
export function GalleryGrid({ language }: { language: Language }) {
  const fa = language === 'fa'
  const loaded = useRef(new Map<number, Row>())
  const [, redraw] = useState(0)
  const [sort, setSort] = useState<GridSort | null>({ id: 'name', direction: 'asc' })
  const [columnState, setColumnState] = useState<ColumnState>(noColumnState)
  const [selection, setSelection] = useState<GridSelection>(noSelection)
  const [active, setActive] = useState<string | null>('row-1')
  const [count, setCount] = useState(1_000_000)
  const onNeedRange = useCallback((start: number, end: number) => {
    setTimeout(() => {
      for (let index = start; index < end; index++)
        if (!loaded.current.has(index)) loaded.current.set(index, makeRow(index))
      redraw((each) => each + 1)
    }, 30)
  }, [])
  return (
    <main className="flex h-screen gap-4 p-5">
      <h1 className="sr-only">Grid</h1>
      <DataGrid
        className="flex-1"
        label={fa ? 'مشتریان' : 'Customers'}
        columns={columns}
        rowCount={count}
        getRow={(index) => loaded.current.get(index)}
        onNeedRange={onNeedRange}
        sort={sort}
        onSortChange={setSort}
        columnState={columnState}
        onColumnStateChange={setColumnState}
        selection={selection}
        onSelectionChange={setSelection}
        activeId={active}
        onActiveChange={setActive}
        onEscape={() => setActive(null)}
        rowHref={(row) => `#/${row.id}`}
        emptyState={<p className="p-6 text-muted">{fa ? 'خالی' : 'Empty'}</p>}
      />
      {active ? (
        <SidePanel title={active} onClose={() => setActive(null)}>
          <Button onPress={() => setCount(count ? 0 : 1000)}>{fa ? 'خالی کن' : 'Empty it'}</Button>
        </SidePanel>
      ) : null}
    </main>
  )
}
