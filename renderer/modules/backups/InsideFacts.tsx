import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import { type Inside, lastPart, sizeText, whenText } from './backups-model.ts'

/** What becomes of the changes after the copy; in a shared book most of them come back (`inside.shared`). */
function laterText(t: TFunction, { later, shared }: Inside, n: (value: number) => string): string | null {
  if (later === null) return shared === 'stays' ? null : t('backups:inside.otherLife')
  if (later === 0) return null
  return t(shared === 'stays' ? 'backups:changesAfter' : 'backups:inside.later', { count: later, n: n(later) })
}

/** When it was made, its counts next to those of the book now, and the last that was done in it. */
export function InsideFacts({ inside }: { inside: Inside }) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const { copy, counts, changes, shared } = inside
  const n = (value: number) => formatNumber(value, language)
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-base font-bold">{whenText(copy.at, language) ?? t('list.unknownTime')}</p>
        <p className="text-xs text-muted">
          {[copy.reason && t(`reason.${copy.reason}`), sizeText(t, copy.bytes, language)]
            .filter(Boolean)
            .join(t('customers:comma'))}
          {t('customers:comma')}
          <bdi dir="ltr" title={copy.file}>
            {lastPart(copy.file)}
          </bdi>
        </p>
      </div>
      <table className="w-full text-start tabular-nums">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            <th className="py-1 text-start font-normal">{t('inside.what')}</th>
            <th className="w-28 py-1 text-end font-normal">{t('inside.copy')}</th>
            <th className="w-28 py-1 text-end font-normal">{t('inside.now')}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map((row) => (
            <tr key={row.table} className="border-b border-line">
              <th className="py-1 text-start font-normal">{t(`inside.count.${row.table}`)}</th>
              <td className="py-1 text-end font-semibold">{n(row.copy)}</td>
              <td className="py-1 text-end text-muted">{n(row.now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section aria-label={t('inside.changes')}>
        <h3 className="mb-1 font-semibold">{t('inside.changes')}</h3>
        {changes.length === 0 ? <p className="text-muted">{t('inside.noChanges')}</p> : null}
        <ul>
          {changes.map((change) => (
            <li key={`${change.at} ${change.verb} ${change.rows}`} className="flex items-baseline gap-2 py-0.5">
              <span className="min-w-0 flex-1 truncate">
                {String(t([`history:verb.${change.verb}`, 'history:verb.other']))}
                {change.parties.length > 0 ? (
                  <>
                    {': '}
                    <bdi className="font-semibold">{change.parties.join(t('customers:comma'))}</bdi>
                  </>
                ) : null}
                {change.subjects.map((subject) => (
                  <span key={subject} className="text-muted">
                    {' «'}
                    <bdi className="private-text">{subject}</bdi>
                    {'»'}
                  </span>
                ))}
                {change.batch ? (
                  <span className="text-muted"> {t('history:rows', { count: change.rows, n: n(change.rows) })}</span>
                ) : null}
              </span>
              <span className="shrink-0 text-xs text-muted">
                {change.user ? (
                  <>
                    <bdi>{change.user}</bdi>
                    {t('customers:comma')}
                  </>
                ) : null}
                {whenText(change.at, language)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {copy.state === 'newer' ? (
        <p className="font-semibold text-warn">{t('copyTrouble.newer')}</p>
      ) : (
        <p className="text-muted">
          {laterText(t, inside, n)} {shared === 'no' ? null : <>{t(`inside.shared.${shared}`)} </>}
          {t('inside.note')}
        </p>
      )}
    </div>
  )
}
