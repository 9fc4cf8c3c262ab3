import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecoveredBook } from '../../../shared/contract/recovery.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Dash } from '../../ui/DayText.tsx'
import { FoldButton } from '../../ui/FoldButton.tsx'
import { useLanguage } from '../../ui/locale.ts'

type Table = NonNullable<RecoveredBook['salvage']>['tables'][number]

/** Saved and lost, table by table, folded: those that lost something first. */
export function SalvagedTables({ tables }: { tables: readonly Table[] }) {
  const { t } = useTranslation('recovery')
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const number = (value: number) => (value === 0 ? <Dash /> : formatNumber(value, language))
  const ordered = [...tables].sort((a, b) => b.lost - a.lost || b.saved - a.saved)
  return (
    <div className="flex flex-col items-start gap-1">
      <FoldButton isOpen={isOpen} onChange={setOpen}>
        {t('tables')}
      </FoldButton>
      {isOpen ? (
        <table className="w-full text-xs tabular-nums">
          <thead className="text-muted">
            <tr>
              <th className="py-1 text-start font-normal">{t('column.table')}</th>
              <th className="py-1 ps-2 text-end font-normal">{t('column.saved')}</th>
              <th className="py-1 ps-2 text-end font-normal">{t('column.from_log')}</th>
              <th className="py-1 ps-2 text-end font-normal">{t('column.lost')}</th>
            </tr>
          </thead>
          <tbody>
            {ordered.map(({ table, saved, from_log, lost }) => (
              <tr key={table} className="border-t border-line">
                <th className="py-1 text-start font-normal">{String(t([`table.${table}`, 'table.other']))}</th>
                <td className="ps-2 text-end">{number(saved)}</td>
                <td className="ps-2 text-end">{number(from_log)}</td>
                <td className={lost > 0 ? 'ps-2 text-end font-semibold text-warn' : 'ps-2 text-end'}>{number(lost)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  )
}
