import { X } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { softTone, type Tone } from './tones.ts'

/** A customer's tag in its colour; with `onRemove` it has a remove button. */
export function Tag({ label, tone = 'neutral', onRemove }: { label: string; tone?: Tone; onRemove?: () => void }) {
  return (
    <span
      className={cx(
        'inline-flex min-w-0 max-w-48 items-center gap-1 rounded-full px-2.5 text-xs leading-[1.9]',
        softTone[tone],
      )}
    >
      <span className="truncate" dir="auto">
        {label}
      </span>
      {onRemove ? <Remove label={label} onPress={onRemove} /> : null}
    </span>
  )
}

function Remove({ label, onPress }: { label: string; onPress: () => void }) {
  const { t } = useTranslation('ui')
  return (
    <Button
      aria-label={t('removeTag', { label })}
      onPress={onPress}
      className="-me-1.5 grid size-5 place-items-center rounded-full outline-none hover:bg-text/10 data-focus-visible:focus-ring"
    >
      <X className="size-3" />
    </Button>
  )
}
