import { Check } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'

/** The round box of a task: pressed, it is done, or open again. */
export function Tick({ isDone, onPress, isTabStop }: { isDone: boolean; onPress: () => void; isTabStop?: boolean }) {
  const { t } = useTranslation('tasks')
  const label = t(isDone ? 'reopen' : 'complete')
  return (
    <Tooltip text={label} kbd="Space">
      <Button
        aria-label={label}
        onPress={onPress}
        excludeFromTabOrder={!isTabStop}
        className="group grid size-6 shrink-0 place-items-center rounded-full outline-none data-focus-visible:focus-ring"
      >
        <span
          className={cx(
            'grid size-4.5 place-items-center rounded-full border-[1.5px] [&>svg]:size-3',
            isDone
              ? 'border-accent bg-accent text-on-accent'
              : 'border-line-strong text-transparent group-hover:border-accent group-hover:text-accent',
          )}
        >
          <Check strokeWidth={3} aria-hidden="true" />
        </span>
      </Button>
    </Tooltip>
  )
}
