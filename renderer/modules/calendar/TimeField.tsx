import { useTranslation } from 'react-i18next'
import { toLatinDigits } from '../../../shared/domain/persian-text.ts'
import type { FieldProps } from '../../ui/Field.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { ParsedField } from '../../ui/ParsedField.tsx'
import { formatMinute } from '../../ui/when-text.ts'

/** «۹», «۹:۳۰», «0930» or «۲۴» as a minute of the day; null when it is none. */
export function readClock(text: string): number | null {
  const parts = /^(\d{1,2})(?:[:.٫/]?(\d{2}))?$/.exec(toLatinDigits(text).trim())
  if (!parts) return null
  const minute = Number(parts[1]) * 60 + Number(parts[2] ?? 0)
  return Number(parts[2] ?? 0) < 60 && minute <= 1440 ? minute : null
}

/** A time of the day in minutes, 24:00 too; ↑ and ↓ go by half an hour. */
export function TimeField(props: FieldProps<number | null> & { onInvalidText?: (text: string | null) => void }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const show = (minute: number) => formatMinute(minute, language)
  return (
    <ParsedField
      {...props}
      inputMode="decimal"
      show={show}
      edit={show}
      parse={(text) => {
        const value = readClock(text)
        return value === null ? { ok: false, message: t('badClock') } : { ok: true, value }
      }}
      onStep={(value, step) => Math.max(0, Math.min(1440, (value ?? 0) + 30 * step))}
    />
  )
}
