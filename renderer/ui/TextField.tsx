import type { ReactNode, Ref } from 'react'
import { TextField as AriaTextField, Input, TextArea } from 'react-aria-components'
import { cx } from './cx.ts'
import { autoDir, FieldLabel, FieldNotes, type FieldProps, fieldClass, inputClass } from './Field.tsx'

export type TextFieldProps = FieldProps<string> & {
  multiline?: boolean
  rows?: number
  type?: 'text' | 'email' | 'url' | 'search' | 'tel' | 'password'
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search'
  maxLength?: number
  autoComplete?: string
  /** E-mails and links are left to right; free text finds its own direction. */
  dir?: 'auto' | 'ltr'
  inputClassName?: string
  onFocus?: () => void
  /** Stands between input and notes, e.g. a preview. */
  below?: ReactNode
}

/** Free text, one line or `multiline`; its direction follows what is typed. */
export function TextField(props: TextFieldProps) {
  const { label, labelHidden, description, warning, error, value, ref, placeholder, className, below, ...rest } = props
  const { multiline, rows = 3, dir = 'auto', inputClassName, inputMode, ...field } = rest
  const direction = dir === 'auto' ? autoDir(value) : dir
  const shared = {
    dir: direction,
    placeholder,
    inputMode,
    className: cx(inputClass, dir === 'ltr' && 'rtl:text-end', inputClassName),
  }
  return (
    <AriaTextField
      {...field}
      value={value ?? ''}
      isInvalid={!!error}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hidden={labelHidden} isRequired={rest.isRequired} />
      {multiline ? (
        <TextArea
          {...shared}
          ref={ref as unknown as Ref<HTMLTextAreaElement>}
          rows={rows}
          className={cx(inputClass, 'h-auto! min-h-field resize-y py-1.5', inputClassName)}
        />
      ) : (
        <Input {...shared} ref={ref} />
      )}
      {below}
      <FieldNotes description={description} warning={warning} error={error} />
    </AriaTextField>
  )
}
