import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { Group, Input, TextField } from 'react-aria-components'
import { autoDir, bareInputClass, FieldLabel, FieldNotes, type FieldProps, fieldClass, groupClass } from './Field.tsx'

export type Parsed<T> = { ok: true; value: T | null } | { ok: false; message: string }

export type ParsedFieldProps<T> = FieldProps<T | null> & {
  /** The value as shown while the field is not being typed in. */
  show: (value: T) => string
  /** The value as text to type in. */
  edit: (value: T) => string
  /** Empty text is { ok: true, value: null }. */
  parse: (text: string) => Parsed<T>
  /** What stands below while there is a value: words of the amount, the whole date. */
  hint?: (value: T) => ReactNode
  /** Called for ↑ and ↓ (+1, -1) and PgUp, PgDn (+10, -10). */
  onStep?: (value: T | null, step: number) => T
  /** Text that could not be read, or null when all is well: the form must not be saved over it silently. */
  onInvalidText?: (text: string | null) => void
  /** Unit or button at the end of the field. */
  suffix?: ReactNode
  inputMode?: 'text' | 'numeric' | 'decimal'
  inputDir?: 'ltr' | 'auto'
}

/**
 * A field whose text is read into a value: money, number, date. Every keystroke that can be read is given on at once, so a
 * form saved by key has the newest value; text that cannot be read gives null and an error once the field is left.
 */
export function ParsedField<T>(props: ParsedFieldProps<T>) {
  const {
    label,
    labelHidden,
    description,
    warning,
    error,
    value,
    onChange,
    onBlur,
    placeholder,
    className,
    ref,
    ...rest
  } = props
  const { show, edit, parse, hint, onStep, onInvalidText, suffix, inputMode, inputDir = 'ltr', ...field } = rest
  // null: not being typed in, the value itself is shown.
  const [text, setText] = useState<string | null>(null)
  const [isLeft, setIsLeft] = useState(true)
  const isUntouched = useRef(true)
  const entered = useRef<HTMLInputElement | null>(null)
  // As soon as the text to type in stands, which undoes the browser's own selection: the next letter may be there before the next frame.
  useLayoutEffect(() => {
    if (isUntouched.current) entered.current?.select()
    entered.current = null
  })
  const reading = text === null ? null : parse(text)
  const problem = isLeft && reading && !reading.ok ? reading.message : undefined
  const set = (next: string) => {
    isUntouched.current = false
    setText(next)
    setIsLeft(false)
    const read = parse(next)
    onChange(read.ok ? read.value : null)
    onInvalidText?.(read.ok ? null : next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key]
    if (!step || !onStep || event.altKey || event.ctrlKey) return
    event.preventDefault()
    const next = onStep(value ?? null, step)
    setText(edit(next))
    onChange(next)
    onInvalidText?.(null)
  }
  const shown = text ?? (value === null || value === undefined ? '' : isLeft ? show(value) : edit(value))
  return (
    <TextField
      {...field}
      value={shown}
      onChange={set}
      onFocus={() => {
        setIsLeft(false)
        if (text === null && value !== null && value !== undefined) setText(edit(value))
      }}
      onBlur={() => {
        setIsLeft(true)
        if (!reading || reading.ok) setText(null)
        onBlur?.()
      }}
      isInvalid={!!(error ?? problem)}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hidden={labelHidden} isRequired={rest.isRequired} />
      <Group className={groupClass}>
        <Input
          ref={ref}
          dir={inputDir === 'ltr' ? 'ltr' : autoDir(shown)}
          inputMode={inputMode}
          placeholder={placeholder}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const input = event.currentTarget
            isUntouched.current = true
            entered.current = input
            // And once more, as a click sets the caret after this; a letter typed before that must not be typed over.
            requestAnimationFrame(() => isUntouched.current && input.select())
          }}
          className={`${bareInputClass} ${inputDir === 'ltr' ? 'rtl:text-end' : ''}`}
        />
        {suffix}
      </Group>
      <FieldNotes
        description={value !== null && value !== undefined && !problem ? (hint?.(value) ?? description) : description}
        warning={warning}
        error={error ?? problem}
      />
    </TextField>
  )
}
