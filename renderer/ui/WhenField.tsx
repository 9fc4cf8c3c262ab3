import { useTranslation } from 'react-i18next'
import { formatDay, type Lang, localDigits } from '../../shared/domain/format.ts'
import { whenOf } from '../../shared/domain/instants.ts'
import { addDays, addJalaliMonths } from '../../shared/domain/jalali.ts'
import { parseWhen, type When } from '../../shared/domain/parse-when.ts'
import type { FieldProps } from './Field.tsx'
import { useLanguage } from './locale.ts'
import { ParsedField } from './ParsedField.tsx'

export type WhenFieldProps = FieldProps<When | null> & {
  /** Epoch ms; given by tests, else the clock's. */
  now?: number
  onInvalidText?: (text: string | null) => void
}

const two = (n: number) => String(n).padStart(2, '0')

/** «۰۹:۳۰» of a minute of the day. */
export const clockText = (minute: number, language: Lang) =>
  localDigits(`${two(Math.floor(minute / 60))}:${two(minute % 60)}`, language)

/** «۱ آذر ۱۴۰۵، ۰۹:۳۰» */
function whenText({ day, minute }: When, language: Lang, style: 'short' | 'long' | 'numeric'): string {
  const text = formatDay(day, language, style)
  if (minute === null) return text
  if (style === 'numeric') return `${text} ${clockText(minute, language)}`
  return `${text}${language === 'fa' ? '،' : ','} ${clockText(minute, language)}`
}

/** A day with or without a time, typed as people say it («فردا ۱۰ صبح», «شنبه», «نیم ساعت پیش»), moved by ↑ ↓ PgUp PgDn. */
export function WhenField({ now, placeholder, ...props }: WhenFieldProps) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const here = () => whenOf(now ?? Date.now())
  return (
    <ParsedField
      {...props}
      placeholder={placeholder ?? t('whenHint')}
      inputDir="auto"
      show={(when) => whenText(when, language, 'short')}
      edit={(when) => whenText(when, language, 'numeric')}
      parse={(text) => {
        if (text.trim() === '') return { ok: true, value: null }
        const when = parseWhen(text, here())
        return when ? { ok: true, value: when } : { ok: false, message: t('badDate') }
      }}
      hint={(when) => whenText(when, language, 'long')}
      onStep={(when, step) => {
        if (!when) return { day: here().day, minute: null }
        const day = Math.abs(step) > 1 ? addJalaliMonths(when.day, Math.sign(step)) : addDays(when.day, step)
        return { ...when, day }
      }}
    />
  )
}
