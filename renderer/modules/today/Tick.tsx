import { Check } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { Keyed } from './LineRow.tsx'

/** The round box of a task: pressed, it is done. */
export function Tick({ onPress, isDisabled }: { onPress: () => void; isDisabled: boolean }) {
  const { t } = useTranslation('today')
  return (
    <Keyed by="Space">
      <Tooltip text={t('done')} kbd="Space">
        <Button
          aria-label={t('done')}
          onPress={onPress}
          isDisabled={isDisabled}
          excludeFromTabOrder
          className="group grid size-6 shrink-0 place-items-center rounded-full outline-none data-focus-visible:focus-ring"
        >
          <span className="grid size-4.5 place-items-center rounded-full border-[1.5px] border-line-strong text-transparent group-hover:border-accent group-hover:text-accent group-disabled:border-accent group-disabled:bg-accent group-disabled:text-on-accent [&>svg]:size-3">
            <Check strokeWidth={3} aria-hidden="true" />
          </span>
        </Button>
      </Tooltip>
    </Keyed>
  )
}
