import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, parseNumber } from '../../shared/domain/format.ts'
import type { FieldProps } from './Field.tsx'
import { useLanguage } from './locale.ts'
import { ParsedField } from './ParsedField.tsx'

export type NumberFieldProps = FieldProps<number | null> & {
  min?: number
  max?: number
  step?: number
  suffix?: ReactNode
  onInvalidText?: (text: string | null) => void
}

/** A number in any digits, with ↑ and ↓. */
export function NumberField({ min = -Infinity, max = Infinity, step = 1, suffix, ...props }: NumberFieldProps) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const show = (value: number) => formatNumber(value, language)
  return (
    <ParsedField
      {...props}
      inputMode="decimal"
      show={show}
      edit={show}
      parse={(text) => {
        if (text.trim() === '') return { ok: true, value: null }
        const value = parseNumber(text)
        if (value === null) return { ok: false, message: t('badNumber') }
        if (value < min) return { ok: false, message: t('atLeast', { min: show(min) }) }
        if (value > max) return { ok: false, message: t('atMost', { max: show(max) }) }
        return { ok: true, value }
      }}
      onStep={(value, steps) =>
        Math.max(min, Math.min(max, (value ?? (Number.isFinite(min) ? min : 0)) + steps * step))
      }
      suffix={suffix ? <span className="shrink-0 pe-3 text-xs text-muted">{suffix}</span> : null}
    />
  )
}
