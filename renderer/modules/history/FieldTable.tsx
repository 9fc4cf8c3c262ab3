import { useTranslation } from 'react-i18next'
import type { FieldChange } from '../../../shared/contract/history.ts'
import { Dash } from '../../ui/DayText.tsx'
import { useFieldText } from './use-field-text.ts'

/** Field, before, after; with the customer's name where several are touched. */
export function FieldTable({ fields, last }: { fields: readonly FieldChange[]; last?: 'to' | 'kept' }) {
  const { t } = useTranslation()
  const text = useFieldText()
  const parties = new Set(fields.map((field) => field.party?.id))
  const isMany = parties.size > 1
  const cell = (value: string | null) => (value === null ? <Dash /> : <span className="line-clamp-3">{value}</span>)
  return (
    <table className="w-full table-fixed text-[0.8125rem]">
      <thead>
        <tr className="text-xs text-muted">
          {isMany ? <th className="w-1/4 py-1 text-start font-normal">{t('history:column.party')}</th> : null}
          <th className="w-1/5 py-1 text-start font-normal">{t('history:column.field')}</th>
          <th className="py-1 text-start font-normal">{t('history:column.from')}</th>
          <th className="py-1 text-start font-normal">
            {last === 'kept' ? t('history:column.now') : t('history:column.to')}
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field, at) => {
          const { label, from, to } = text(field)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: one field may stand twice, of two changes
            <tr key={`${field.row_id}.${field.field}.${at}`} className="border-t border-line align-top">
              {isMany ? (
                <td className="truncate py-1 pe-3">
                  {/* The name once for all that follows under it. */}
                  {field.party && field.party.id !== fields[at - 1]?.party?.id ? <bdi>{field.party.name}</bdi> : null}
                </td>
              ) : null}
              <td className="py-1 pe-3 text-muted">{label}</td>
              <td className="py-1 pe-3 break-words">{cell(from)}</td>
              <td className="py-1 break-words">{cell(to)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
