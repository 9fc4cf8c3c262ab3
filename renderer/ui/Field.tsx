import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'

/** What every field takes. `warning` is amber and never blocks; `error` is red and marks the field invalid. */
export type FieldProps<T> = {
  label: string
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean
  description?: ReactNode
  warning?: ReactNode
  error?: string
  isRequired?: boolean
  isDisabled?: boolean
  value: T
  onChange: (value: T) => void
  onBlur?: () => void
  name?: string
  autoFocus?: boolean
  placeholder?: string
  className?: string
  /** Goes to the input, so that react-hook-form can focus the first wrong field. */
  ref?: Ref<HTMLInputElement>
}

/** The frame of an input; shared so that all fields have one height, border and focus ring. */
export const inputClass =
  'h-field w-full min-w-0 rounded-lg border border-line-strong bg-surface px-3 text-sm text-text outline-none placeholder:text-muted ' +
  'focus:border-accent focus:ring-2 focus:ring-accent/25 data-invalid:border-bad data-disabled:opacity-60 data-disabled:bg-surface-2'

/** The same frame for a group that holds an input and buttons. */
export const groupClass =
  'flex h-field w-full min-w-0 items-center rounded-lg border border-line-strong bg-surface text-sm text-text ' +
  'focus-within:border-accent focus-within:ring-2 focus-within:ring-accent/25 data-invalid:border-bad data-disabled:opacity-60'

/** An input inside `groupClass`: no frame of its own. */
export const bareInputClass = 'h-full w-full min-w-0 flex-1 bg-transparent px-3 outline-none placeholder:text-muted'

/** The label with a star when the field is required; stands inside a React Aria field. */
export function FieldLabel({ label, hidden, isRequired }: { label: string; hidden?: boolean; isRequired?: boolean }) {
  return (
    <Label className={hidden ? 'sr-only' : 'text-[0.8125rem] text-muted'}>
      {label}
      {isRequired ? (
        <span className="ms-0.5 text-bad" aria-hidden="true">
          *
        </span>
      ) : null}
    </Label>
  )
}

/** Description, warning and error under a field; React Aria ties them to the input. */
export function FieldNotes({
  description,
  warning,
  error,
}: {
  description?: ReactNode
  warning?: ReactNode
  error?: string
}) {
  return (
    <>
      {description || warning ? (
        <Text
          slot="description"
          elementType="div"
          className="flex flex-col gap-0.5 text-xs text-muted"
          aria-live="polite"
        >
          {description ? <span>{description}</span> : null}
          {warning ? <Warning>{warning}</Warning> : null}
        </Text>
      ) : null}
      <FieldError className="flex items-start gap-1.5 text-xs text-bad">
        {error ? (
          <>
            <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden="true" />
            <span>{error}</span>
          </>
        ) : null}
      </FieldError>
    </>
  )
}

/** The amber line: something looks odd, saving stays possible. */
export function Warning({ children }: { children: ReactNode }) {
  const { t } = useTranslation('ui')
  return (
    <span className="flex items-start gap-1.5 text-warn">
      <TriangleAlert className="mt-0.5 size-3.5 shrink-0" role="img" aria-label={t('warning')} />
      <span className="min-w-0">{children}</span>
    </span>
  )
}

/** The column that holds label, input and notes. */
export const fieldClass = (className?: string) => cx('flex min-w-0 flex-col gap-1', className)

/**
 * Direction of an input for free text. dir="auto" takes a text without letters (empty, digits) for left to right, and the
 * caret would stand at the wrong side of a Persian page: such a text keeps the direction of the page.
 */
export const autoDir = (text: string | null | undefined) => (text && /\p{L}/u.test(text) ? 'auto' : undefined)
