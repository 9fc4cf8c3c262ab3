import { Button as HeroButton } from '@heroui/react'
import type { ReactNode, Ref } from 'react'
import { cx } from './cx.ts'

export type ButtonProps = {
  children: ReactNode
  variant?: 'primary' | 'outline' | 'ghost' | 'danger'
  size?: 'sm' | 'md'
  /** A lucide icon element; it stands at the start of the text. */
  icon?: ReactNode
  /** The key that does the same, e.g. "F2"; shown, not bound. */
  kbd?: string
  type?: 'button' | 'submit'
  form?: string
  onPress?: () => void
  isDisabled?: boolean
  /** The button Enter goes to after the last field of a form. */
  isDefault?: boolean
  autoFocus?: boolean
  className?: string
  'aria-label'?: string
  'aria-expanded'?: boolean
  'aria-pressed'?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** The button: primary (one per screen), outline, ghost, danger; `icon` before the text, `kbd` after it. */
export function Button({
  variant = 'outline',
  size = 'md',
  icon,
  kbd,
  children,
  isDefault,
  className,
  ...rest
}: ButtonProps) {
  return (
    <HeroButton
      {...rest}
      variant={variant}
      size={size}
      data-default-action={isDefault || undefined}
      className={cx(
        'font-semibold shrink-0',
        size === 'md' ? 'h-field px-3.5' : 'h-7.5 px-2.5 text-xs',
        variant === 'outline' && 'bg-surface',
        className,
      )}
    >
      {icon}
      {children}
      {kbd ? (
        <span dir="ltr" className="font-mono text-[0.6875rem] font-normal" aria-hidden="true">
          {kbd}
        </span>
      ) : null}
    </HeroButton>
  )
}
