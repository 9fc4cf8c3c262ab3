import { PIN_LENGTH } from '../../../shared/contract/users.ts'
import { toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { TextField, type TextFieldProps } from '../../ui/TextField.tsx'

export type PinFieldProps = Pick<
  TextFieldProps,
  'label' | 'labelHidden' | 'value' | 'onChange' | 'error' | 'description' | 'autoFocus' | 'isDisabled' | 'ref'
> & { className?: string }

/** Digits of any keyboard, shown as dots; gives Latin digits and leaves the rest out. */
export function PinField({ onChange, ...props }: PinFieldProps) {
  return (
    <TextField
      {...props}
      type="password"
      inputMode="numeric"
      dir="ltr"
      autoComplete="off"
      maxLength={PIN_LENGTH.max}
      onChange={(text) => onChange(toLatinDigits(text).replace(/\D/g, ''))}
      inputClassName="tracking-[0.3em]"
    />
  )
}

export const isPin = (pin: string) => pin.length >= PIN_LENGTH.min && pin.length <= PIN_LENGTH.max
