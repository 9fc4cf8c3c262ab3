import { useTranslation } from 'react-i18next'
import type { RecoveredBook } from '../../../shared/contract/recovery.ts'
import { formatDateTime, formatNumber } from '../../../shared/domain/format.ts'
import { Dash } from '../../ui/DayText.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { SalvagedTables } from './SalvagedTables.tsx'

/** Tables of the log: what is lost of them is no customer and no note. */
const LOG = new Set(['change', 'change_tx'])

/** What is in a book that was made ready, and what is not: in counts, then in sentences. */
export function RecoveredReport({ book }: { book: RecoveredBook }) {
  const { t } = useTranslation('recovery')
  const language = useLanguage()
  const n = (value: number) => formatNumber(value, language)
  const { counts } = book
  const last = counts.last_at === null ? <Dash /> : formatDateTime(counts.last_at, Date.now(), language)
  const lines = [
    ['customers', n(counts.customers)],
    ['channels', n(counts.channels)],
    ['notes', n(counts.notes)],
    ['changes', n(counts.changes)],
    ['last', last],
  ] as const
  return (
    <div className="flex flex-col gap-3">
      <div className="rounded-lg bg-surface-2 px-3 py-2">
        <h3 className="mb-1 text-xs font-semibold text-muted">{t('found.title')}</h3>
        <dl className="flex flex-col">
          {lines.map(([name, value]) => (
            <div key={name} className="flex justify-between gap-3">
              <dt>{t(`found.${name}`)}</dt>
              <dd className="font-semibold">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <Sentences book={book} />
      {book.salvage ? <SalvagedTables tables={book.salvage.tables} /> : null}
    </div>
  )
}

function Sentences({ book: { backup, salvage } }: { book: RecoveredBook }) {
  const { t } = useTranslation('recovery')
  const language = useLanguage()
  const said = (key: string, count: number) => t(key, { count, n: formatNumber(count, language) })
  const good: string[] = []
  const bad: string[] = []
  if (backup && backup.line !== 'same') bad.push(t(backup.line === 'other' ? 'otherLine' : 'unreadLine'))
  if (backup?.line === 'same') {
    good.push(backup.changes > 0 ? said('changes', backup.changes) : t('changesNone'))
    if (backup.rows > 0) good.push(said('rows', backup.rows))
    if (backup.changes_lost > 0) bad.push(said('changesLost', backup.changes_lost))
    else if (backup.lines_lost > 0) bad.push(said('linesLost', backup.lines_lost))
  }
  if (backup?.damaged_copies.length) bad.push(said('damagedCopies', backup.damaged_copies.length))
  if (salvage) {
    const sum = (of: 'lost' | 'from_log', isLog: boolean) =>
      salvage.tables.reduce((all, row) => all + (LOG.has(row.table) === isLog ? row[of] : 0), 0)
    const lost = sum('lost', false)
    if (lost > 0) bad.push(said('lost', lost))
    else if (!salvage.nothing) good.push(t('lostNone'))
    if (sum('from_log', false) > 0) good.push(said('fromLog', sum('from_log', false)))
    if (sum('lost', true) > 0) bad.push(said('historyLost', sum('lost', true)))
    const orphans = salvage.orphans.reduce((all, { rows }) => all + rows, 0)
    if (orphans > 0) bad.push(said('orphans', orphans))
    if (salvage.nothing) bad.push(t('nothing'))
    else if (salvage.owner_made) bad.push(t('ownerMade', { name: t('owner') }))
  }
  return (
    <div role="status">
      <ul className="flex flex-col gap-1">
        {good.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {bad.map((line) => (
          <li key={line} className="text-warn">
            {line}
          </li>
        ))}
      </ul>
    </div>
  )
}
