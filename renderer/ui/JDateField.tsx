import { useTranslation } from 'react-i18next'
import { formatDay } from '../../shared/domain/format.ts'
import { addDays, addJalaliMonths, dayOf, parseDay } from '../../shared/domain/jalali.ts'
import { DayPicker } from './DayPicker.tsx'
import type { FieldProps } from './Field.tsx'
import { useLanguage } from './locale.ts'
import { noDayText } from './no-day-text.ts'
import { ParsedField } from './ParsedField.tsx'

export type JDateFieldProps = FieldProps<string | null> & {
  /** Today in the business zone (ISO); given by tests, else Tehran's. */
  today?: string
  onInvalidText?: (text: string | null) => void
}

/** A day: typed as people write it («۱۴۰۵/۹/۱», «فردا», «آخر ماه»), moved by ↑ ↓ PgUp PgDn, or picked. The value is an ISO day. */
export function JDateField({ today = dayOf(Date.now()), placeholder, ...props }: JDateFieldProps) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  return (
    <ParsedField
      {...props}
      placeholder={placeholder ?? t('dateHint')}
      inputDir="auto"
      show={(day) => formatDay(day, language, 'short')}
      edit={(day) => formatDay(day, language, 'numeric')}
      parse={(text) => {
        if (text.trim() === '') return { ok: true, value: null }
        const day = parseDay(text, today)
        return day
          ? { ok: true, value: day }
          : { ok: false, message: noDayText(text, today, t, language) ?? t('badDate') }
      }}
      hint={(day) => formatDay(day, language, 'long')}
      onStep={(day, step) =>
        day === null ? today : Math.abs(step) > 1 ? addJalaliMonths(day, Math.sign(step)) : addDays(day, step)
      }
      suffix={
        <DayPicker
          value={props.value}
          today={today}
          isDisabled={props.isDisabled}
          onChange={(day) => {
            props.onChange(day)
            props.onInvalidText?.(null)
          }}
        />
      }
    />
  )
}
