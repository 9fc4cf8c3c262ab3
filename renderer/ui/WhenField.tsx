import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../shared/domain/format.ts'
import { whenOf } from '../../shared/domain/instants.ts'
import { addDays, addJalaliMonths } from '../../shared/domain/jalali.ts'
import { type Now, parseWhen, type When } from '../../shared/domain/parse-when.ts'
import { DayPicker } from './DayPicker.tsx'
import type { FieldProps } from './Field.tsx'
import { useLanguage } from './locale.ts'
import { noDayText } from './no-day-text.ts'
import { ParsedField } from './ParsedField.tsx'
import { formatMinute, formatWholeWhen } from './when-text.ts'

export type WhenFieldProps = FieldProps<When | null> & {
  /** Day and minute in the business zone; given by tests, else Tehran's now. */
  now?: Now
  /** Text that could not be read, or null when all is well: the form must not be saved over it silently. */
  onInvalidText?: (text: string | null) => void
  /** What stands below while there is a value, in place of the whole date. */
  hint?: (value: When) => ReactNode
}

/**
 * A day with or without a time: typed as people write and say it («فردا ۱۰ صبح», «شنبه», «دو هفتهٔ دیگر ساعت ۵», «۱۵ آذر»), moved by ↑ ↓ PgUp
 * PgDn, or picked. The value is an ISO day and the minute of the day, null for any time of it. Where never a time is asked, take JDateField.
 */
export function WhenField({ now = whenOf(Date.now()), placeholder, hint, ...props }: WhenFieldProps) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const numeric = ({ day, minute }: When) =>
    formatDay(day, language, 'numeric') + (minute === null ? '' : ` ${formatMinute(minute, language)}`)
  return (
    <ParsedField
      {...props}
      placeholder={placeholder ?? t('whenHint')}
      inputDir="auto"
      show={({ day, minute }) =>
        formatDay(day, language, 'short') +
        (minute === null ? '' : t('atTime', { time: formatMinute(minute, language) }))
      }
      edit={numeric}
      parse={(text) => {
        if (text.trim() === '') return { ok: true, value: null }
        const when = parseWhen(text, now)
        return when
          ? { ok: true, value: when }
          : { ok: false, message: noDayText(text, now.day, t, language) ?? t('badWhen') }
      }}
      hint={hint ?? ((when) => formatWholeWhen(when, language))}
      onStep={(when, step) => {
        if (when === null) return { day: now.day, minute: null }
        const day = Math.abs(step) > 1 ? addJalaliMonths(when.day, Math.sign(step)) : addDays(when.day, step)
        return { ...when, day }
      }}
      suffix={
        <DayPicker
          value={props.value?.day ?? null}
          today={now.day}
          isDisabled={props.isDisabled}
          onChange={(day) => {
            props.onChange({ day, minute: props.value?.minute ?? null })
            props.onInvalidText?.(null)
          }}
        />
      }
    />
  )
}
