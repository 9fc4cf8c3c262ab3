import { TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { Dash } from '../../ui/DayText.tsx'
import { type GridColumn, noColumnState } from '../../ui/grid-columns.ts'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import type { Tone } from '../../ui/tones.ts'
import type { PreviewRow } from './import-model.ts'
import type { CheckRow, useCheck } from './use-check.ts'
import { useReasons } from './use-reasons.ts'

const TONES: Record<PreviewRow['outcome'], Tone> = {
  add: 'ok',
  fill: 'accent',
  update: 'accent',
  skip: 'neutral',
  bad: 'bad',
}

/** What becomes of a row, in a word or two. */
export function Outcome({ row }: { row: Pick<PreviewRow, 'outcome' | 'duplicate'> }) {
  const { t } = useTranslation()
  const isAgain = row.outcome === 'add' && row.duplicate !== null
  return (
    <Badge tone={isAgain ? 'violet' : TONES[row.outcome]}>
      {t(`imports:outcome.${isAgain ? 'again' : row.outcome}`)}
    </Badge>
  )
}

/** The rows with what becomes of each and why; Enter or a click opens one beside the list. */
export function CheckGrid(props: {
  check: ReturnType<typeof useCheck>
  listKey: string
  /** A panel stands beside it: less is shown. */
  isNarrow: boolean
  open: string | null
  onOpen: (id: string | null) => void
}) {
  const { check, isNarrow, open, onOpen } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const reasonsOf = useReasons()
  const [active, setActive] = useState<string | null>(null)
  const columns = useMemo<GridColumn<CheckRow>[]>(
    () => [
      { id: 'row', header: t('imports:column.row'), width: 72, cell: ({ row }) => formatNumber(row, language) },
      {
        id: 'name',
        header: t('imports:field.full_name'),
        width: 180,
        cell: ({ name }) =>
          name ? (
            <bdi className="font-semibold" title={name}>
              {name}
            </bdi>
          ) : (
            <Dash />
          ),
      },
      {
        id: 'phone',
        header: t('imports:field.phone'),
        width: 140,
        cell: ({ phone }) => (phone ? <PhoneText phone={phone} /> : <Dash />),
      },
      {
        id: 'city',
        header: t('imports:field.city'),
        width: 100,
        cell: ({ city }) => (city ? <bdi title={city}>{city}</bdi> : <Dash />),
      },
      { id: 'outcome', header: t('imports:column.state'), width: 120, cell: (row) => <Outcome row={row} /> },
      {
        id: 'reason',
        header: t('imports:column.reason'),
        width: 300,
        cell: (row) => {
          const text = reasonsOf(row).join(' ')
          if (!text) return <Dash />
          return (
            <span title={text}>
              {row.problems.length > 0 && row.outcome !== 'bad' ? (
                <TriangleAlert className="me-1 inline size-3.5 align-[-0.125em] text-warn" aria-hidden="true" />
              ) : null}
              {text}
            </span>
          )
        },
      },
    ],
    [t, language, reasonsOf],
  )
  return (
    <DataGrid
      label={t('imports:checked')}
      columns={columns}
      rowCount={check.rows.length}
      listKey={props.listKey}
      getRow={(index) => check.rows[index]}
      onNeedRange={check.onNeedRange}
      columnState={isNarrow ? { ...noColumnState, hidden: ['city', 'phone'] } : noColumnState}
      activeId={active}
      onActiveChange={(id) => {
        setActive(id)
        if (open !== null) onOpen(id)
      }}
      onOpen={(row) => onOpen(row.id)}
      onEscape={() => onOpen(null)}
      emptyState={<p className="p-6 text-center text-muted">{t('imports:noneHere')}</p>}
      className="max-h-full flex-1"
    />
  )
}
