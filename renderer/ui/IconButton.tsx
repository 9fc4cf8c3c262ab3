import { Button as HeroButton } from '@heroui/react'
import type { ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { Tooltip } from './Tooltip.tsx'

export type IconButtonProps = {
  /** Says what the button does; read aloud and shown as its tooltip. */
  label: string
  icon: ReactNode
  kbd?: string
  variant?: 'ghost' | 'outline'
  size?: 'sm' | 'md'
  onPress?: () => void
  isDisabled?: boolean
  className?: string
  slot?: string
  excludeFromTabOrder?: boolean
  'aria-expanded'?: boolean
  'aria-pressed'?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A square button with an icon only; `label` names it. */
export function IconButton({ label, icon, kbd, variant = 'ghost', size = 'md', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} kbd={kbd}>
      <HeroButton
        {...rest}
        isIconOnly
        aria-label={label}
        variant={variant}
        className={cx('shrink-0 text-muted hover:text-text', size === 'md' ? 'size-field' : 'size-7', className)}
      >
        {icon}
      </HeroButton>
    </Tooltip>
  )
}
