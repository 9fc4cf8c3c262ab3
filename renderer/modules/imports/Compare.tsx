import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { cx } from '../../ui/cx.ts'
import { Dash } from '../../ui/DayText.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { changesOf, type ImportDuplicate, type PreviewRow } from './import-model.ts'
import { useChangeText } from './use-change-text.ts'

type Who = { name: string; phone: string | null; city: string | null }

/** Who is there already beside who stands in the file, and field by field what the choice would change. */
export function Compare({ row, duplicate }: { row: PreviewRow; duplicate: ImportDuplicate }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const textOf = useChangeText()
  const changes = changesOf(duplicate, row.outcome)
  const cell = 'min-w-0 py-1 pe-2 break-words align-top'
  return (
    <div className="rounded-lg border border-line">
      <div className="grid grid-cols-2">
        <Side
          title={
            duplicate.row === null
              ? t('imports:inBook')
              : t('imports:inFileAt', { n: formatNumber(duplicate.row, language) })
          }
          who={duplicate}
        />
        <Side title={t('imports:inThisRow')} who={row} isSecond />
      </div>
      <div className="border-t border-line px-3 py-2">
        {changes.length === 0 ? (
          <p className="text-muted">{t(`imports:nothingOf.${row.outcome}` as 'imports:nothingOf.skip')}</p>
        ) : (
          <table className="w-full table-fixed text-[0.8125rem]">
            <caption className="pb-1 text-start font-semibold">
              {t('imports:changes', { count: changes.length, n: formatNumber(changes.length, language) })}
            </caption>
            <thead className="sr-only">
              <tr>
                <th>{t('imports:column.field')}</th>
                <th>{t('imports:column.now')}</th>
                <th>{t('imports:column.then')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={`${change.field} ${change.to}`} className="border-t border-line">
                  <th scope="row" className={`${cell} text-start font-normal text-muted`}>
                    {t(`imports:field.${change.field}`)}
                  </th>
                  <td className={`${cell} text-muted line-through decoration-line-strong`}>
                    {change.from ? <bdi>{textOf(change.field, change.from)}</bdi> : <Dash />}
                  </td>
                  <td className={`${cell} font-semibold`}>
                    <bdi>{textOf(change.field, change.to)}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  )
}

function Side({ title, who, isSecond }: { title: string; who: Who; isSecond?: boolean }) {
  return (
    <div className={cx('min-w-0 px-3 py-2', isSecond && 'border-s border-line')}>
      <p className="text-xs text-muted">{title}</p>
      <p className="truncate font-semibold" title={who.name}>
        {who.name ? <bdi>{who.name}</bdi> : <Dash />}
      </p>
      <p className="truncate">{who.phone ? <PhoneText phone={who.phone} /> : <Dash />}</p>
      <p className="truncate">{who.city ? <bdi>{who.city}</bdi> : <Dash />}</p>
    </div>
  )
}
