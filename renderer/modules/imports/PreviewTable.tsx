import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Dash } from '../../ui/DayText.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import type { Preview } from './import-model.ts'
import { useProblemText } from './use-problem-text.ts'

const SHOWN = 12

/** The first rows as they would be, with what is wrong and who is there already. */
export function PreviewTable({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const problemText = useProblemText()
  return (
    <table className="w-full table-fixed">
      <thead>
        <tr className="text-xs text-muted">
          <th className="w-16 py-1 text-start font-normal">{t('imports:column.row')}</th>
          <th className="w-1/4 py-1 text-start font-normal">{t('imports:field.full_name')}</th>
          <th className="w-36 py-1 text-start font-normal">{t('imports:field.phone')}</th>
          <th className="w-28 py-1 text-start font-normal">{t('imports:field.city')}</th>
          <th className="py-1 text-start font-normal">{t('imports:column.state')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.rows.slice(0, SHOWN).map((row) => (
          <tr key={row.row} className="h-row border-t border-line">
            <td className="text-muted">{formatNumber(row.row, language)}</td>
            <td className="truncate pe-3 font-semibold">{row.name ? <bdi>{row.name}</bdi> : <Dash />}</td>
            <td className="truncate pe-3">{row.phone ? <PhoneText phone={row.phone} /> : <Dash />}</td>
            <td className="truncate pe-3">{row.city ? <bdi>{row.city}</bdi> : <Dash />}</td>
            <td className="py-1">
              <span className="flex flex-wrap items-center gap-1.5">
                {row.comes ? null : <Badge tone="warn">{t('imports:isOut')}</Badge>}
                {row.known ? <Badge tone="accent">{t('imports:isKnown')}</Badge> : null}
                {row.comes && !row.known ? <Badge tone="ok">{t('imports:isNew')}</Badge> : null}
                {row.problems.map((problem) => (
                  <span key={`${problem.code}.${problem.field}`} className="text-xs text-warn">
                    {problemText(problem)}
                  </span>
                ))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
