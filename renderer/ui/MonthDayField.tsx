import { useState } from 'react'
import { Group } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { MONTH_NAMES } from '../../shared/domain/calendar-names.ts'
import { localDigits } from '../../shared/domain/format.ts'
import { isValidJalali, isValidMonthDay } from '../../shared/domain/jalali.ts'
import { toLatinDigits } from '../../shared/domain/persian-text.ts'
import type { FieldProps } from './Field.tsx'
import { useLanguage } from './locale.ts'
import { Select } from './Select.tsx'
import { TextField } from './TextField.tsx'

export type MonthDay = { jy: number | null; jm: number; jd: number }

type Parts = { day: string; month: string | null; year: string }

const partsOf = (value: MonthDay | null): Parts => ({
  day: value ? String(value.jd) : '',
  month: value ? String(value.jm) : null,
  year: value?.jy ? String(value.jy) : '',
})

/** Two digits of a birth year are the last century's: 65 is 1365; up to 19 they are this one's. */
const yearOf = (text: string) => (text.length === 2 ? (Number(text) < 20 ? 1400 : 1300) + Number(text) : Number(text))

function read({ day, month, year }: Parts): MonthDay | null | 'badMonthDay' | 'badYear' {
  if (!day && !month && !year) return null
  const [jd, jm, jy] = [Number(day), Number(month), year ? yearOf(year) : null]
  if (!isValidMonthDay(jm, jd)) return 'badMonthDay'
  if (jy !== null && !isValidJalali(jy, jm, jd)) return 'badYear'
  return { jy, jm, jd }
}

/** A birthday: day and Jalali month, year only if known. Gives null while incomplete. */
export function MonthDayField(props: Omit<FieldProps<MonthDay | null>, 'ref' | 'placeholder' | 'isRequired'>) {
  const { label, description, warning, error, value, onChange, onBlur, isDisabled, className } = props
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const [parts, setParts] = useState(() => partsOf(value))
  const [isLeft, setIsLeft] = useState(true)
  const reading = read(parts)
  // A new value from outside (another record, undo) replaces what is typed; a half-typed day is ours to keep.
  const known = typeof reading === 'string' ? null : reading
  const key = (each: MonthDay | null) => (each ? `${each.jy}/${each.jm}/${each.jd}` : '')
  if (isLeft && typeof reading !== 'string' && key(known) !== key(value)) setParts(partsOf(value))
  const problem = error ?? (isLeft && typeof reading === 'string' ? t(reading) : undefined)
  const set = (change: Partial<Parts>) => {
    const next = { ...parts, ...change }
    setParts(next)
    const result = read(next)
    onChange(typeof result === 'string' ? null : result)
  }
  const digits = (text: string, most: number) => toLatinDigits(text).replace(/\D/g, '').slice(0, most)
  return (
    <Group
      aria-label={label}
      onFocus={() => setIsLeft(false)}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return
        setIsLeft(true)
        onBlur?.()
      }}
      className={className}
    >
      <span className="mb-1 block text-[0.8125rem] text-muted" aria-hidden="true">
        {label}
      </span>
      <div className="flex gap-2">
        <TextField
          label={`${label}: ${t('day')}`}
          labelHidden
          placeholder={t('day')}
          inputMode="numeric"
          value={localDigits(parts.day, language)}
          onChange={(text) => set({ day: digits(text, 2) })}
          isDisabled={isDisabled}
          className="w-16"
        />
        <Select
          label={`${label}: ${t('month')}`}
          labelHidden
          placeholder={t('month')}
          options={MONTH_NAMES[language].map((name, at) => ({ id: String(at + 1), label: name }))}
          value={parts.month}
          onChange={(month) => set({ month })}
          isClearable
          isDisabled={isDisabled}
          className="flex-1"
        />
        <TextField
          label={`${label}: ${t('year')} (${t('optional')})`}
          labelHidden
          placeholder={t('year')}
          inputMode="numeric"
          value={localDigits(parts.year, language)}
          onChange={(text) => set({ year: digits(text, 4) })}
          isDisabled={isDisabled}
          className="w-20"
        />
      </div>
      <div aria-live="polite" className="mt-1 text-xs">
        {problem ? (
          <span className="text-bad">{problem}</span>
        ) : warning ? (
          <span className="text-warn">{warning}</span>
        ) : description ? (
          <span className="text-muted">{description}</span>
        ) : null}
      </div>
    </Group>
  )
}
