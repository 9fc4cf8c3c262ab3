import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { localDigits } from '../../shared/domain/format.ts'
import { toLatinDigits } from '../../shared/domain/persian-text.ts'
import { formatPhone, parsePhone } from '../../shared/domain/phone.ts'
import { useLanguage } from './locale.ts'
import { TextField, type TextFieldProps } from './TextField.tsx'

export type PhoneFieldProps = Omit<TextFieldProps, 'multiline' | 'rows' | 'type' | 'dir' | 'below'> & {
  /** Completes eight-digit local numbers (the business's city), e.g. "021". */
  areaCode?: string
  /** Who has this number already; shown as a warning, never blocks. */
  duplicate?: ReactNode
}

/** A phone number as typed; below it the operator or province, or a warning if the number looks odd. The value stays the typed text in Latin digits. */
export function PhoneField({
  areaCode,
  duplicate,
  value,
  onChange,
  onBlur,
  description,
  warning,
  ...props
}: PhoneFieldProps) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const [isTyping, setIsTyping] = useState(false)
  const phone = parsePhone(value ?? '', { areaCode })
  const place = phone.ok
    ? phone.operator
      ? t(`operator.${phone.operator}`)
      : phone.province
        ? t(`province.${phone.province}`)
        : null
    : null
  // Too short is no news while typing.
  const odd = !phone.ok && phone.reason !== 'empty' && !isTyping ? t(`phone.${phone.reason}`) : null
  const shown = isTyping || !phone.ok ? (value ?? '') : formatPhone(phone.e164)
  return (
    <TextField
      {...props}
      type="tel"
      dir="ltr"
      inputMode="tel"
      value={localDigits(shown, language)}
      onChange={(text) => {
        setIsTyping(true)
        onChange(toLatinDigits(text))
      }}
      onBlur={() => {
        setIsTyping(false)
        onBlur?.()
      }}
      description={place ?? description}
      warning={duplicate ?? warning ?? odd}
    />
  )
}
