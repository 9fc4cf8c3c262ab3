import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldChange } from '../../../shared/contract/history.ts'
import type { WorkingWeek } from '../../../shared/domain/working-week.ts'
import { useLanguage } from '../../ui/locale.ts'
import { formatMinute } from '../../ui/when-text.ts'
import { weekWords } from '../calendar/week-words.ts'
import { asMember } from '../customers/change-model.ts'
import { useValueText } from '../customers/use-value-text.ts'

/** The working week is the only setting that is a list: seven days from Saturday. */
const isWeek = (read: unknown): read is WorkingWeek =>
  Array.isArray(read) && read.length === 7 && read.every((day) => typeof day?.kind === 'string')

/** A setting is kept as JSON: «"toman"» is shown as toman. */
function plain(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    const read: unknown = JSON.parse(value)
    return typeof read === 'object' && !isWeek(read) ? (read === null ? null : value) : read
  } catch {
    return value
  }
}

/** Gives `text(change)`: name of the field, and its values before and after as people read them (null: empty). */
export function useFieldText() {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const valueText = useValueText()
  return useCallback(
    (change: FieldChange) => {
      const member = asMember(change)
      const { table, field, from, to, from_name, to_name } = member ?? change
      const label = String(
        t([`customers:field.${table}.${field}`, `history:field.${table}.${field}`, 'history:field.other']),
      )
      const show = (value: unknown, name: string | null): string | null => {
        if (name && !member) return name
        if (table === 'saved_view' && field === 'definition') return value ? t('history:viewDefinition') : null
        if (table !== 'setting') return valueText(table, field, value)
        const read = plain(value)
        if (isWeek(read)) return weekWords(read, t, language)
        if (field === 'day_begins') return formatMinute(Number(read), language)
        if (read === null || read === undefined || read === '') return null
        const named = [
          `setup:tradeName.${String(read)}`,
          `setup:unit.${String(read)}`,
          `settings:business.${String(read)}`,
        ]
        const known = named.find((key) => i18n.exists(key))
        return known ? t(known) : String(read)
      }
      return { label, from: show(from, from_name), to: show(to, to_name) }
    },
    [t, i18n, language, valueText],
  )
}
