import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Badge } from '../../ui/Badge.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { type ChangeItem, isCreation, readableFields } from './change-model.ts'
import { EntryWhen } from './EntryWhen.tsx'
import { useValueText } from './use-value-text.ts'

const SHOWN = 4
/** Long texts show their beginning; the history of the field has them whole. */
const LONG = 90
const shorten = (text: string | null) => (text && text.length > LONG ? `${text.slice(0, LONG)}…` : text)

/** A change in words: which field, from what, to what. */
export function ChangeEntry({ entry, isBrief }: { entry: ChangeItem; isBrief?: boolean }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const valueText = useValueText()
  const { on: isCounter } = useCounterMode()
  const [isOpen, setOpen] = useState(false)
  const isNew = isCreation(entry)
  const fields = readableFields(entry.fields, isCounter)
  const most = isNew ? 0 : SHOWN
  const shown = isOpen ? fields : fields.slice(0, most)
  const rest = fields.length - shown.length
  return (
    <article className="flex flex-col gap-1">
      <header className="flex items-center gap-2">
        <Badge tone={isNew ? 'ok' : 'neutral'}>{t(isNew ? 'timeline.created' : 'timeline.change')}</Badge>
        <EntryWhen at={entry.at} userId={entry.user_id} />
      </header>
      {shown.length > 0 ? (
        <ul className="flex flex-col text-[0.8125rem]">
          {shown.map(({ table, field, from, to }, at) => {
            const label = t(`field.${table}.${field}` as 'field.party.name')
            const before = shorten(valueText(table, field, from))
            const after = shorten(valueText(table, field, to))
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: one field may stand twice, of two rows
              <li key={`${table}.${field}.${at}`} className="line-clamp-3 min-w-0 break-words">
                {field === 'deleted' ? (
                  to ? (
                    label
                  ) : (
                    t('timeline.undeleted', { what: label })
                  )
                ) : (
                  <>
                    <span className="text-muted">{label}: </span>
                    {before === null && after !== null
                      ? after
                      : t('timeline.fromTo', {
                          from: before ?? t('timeline.nothing'),
                          to: after ?? t('timeline.nothing'),
                        })}
                  </>
                )}
              </li>
            )
          })}
        </ul>
      ) : null}
      {rest > 0 && !(isNew && isBrief) ? (
        <button type="button" className="w-fit text-xs text-accent hover:underline" onClick={() => setOpen(true)}>
          {t(most === 0 ? 'timeline.details' : 'timeline.moreFields', { count: rest, n: formatNumber(rest, language) })}
        </button>
      ) : null}
    </article>
  )
}
