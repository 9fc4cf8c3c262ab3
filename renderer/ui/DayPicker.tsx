import { CalendarDays } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button, Dialog, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { JCalendar } from './JCalendar.tsx'
import { popoverClass } from './overlay.ts'

export type DayPickerProps = {
  value: string | null
  today: string
  onChange: (day: string) => void
  isDisabled?: boolean | undefined
}

/** The button at the end of a field of days, and the month it opens. Typing is the quicker way, so Tab passes it by. */
export function DayPicker({ value, today, onChange, isDisabled }: DayPickerProps) {
  const { t } = useTranslation('ui')
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button
        ref={button}
        slot={null}
        aria-label={t('openCalendar')}
        onPress={() => setOpen(true)}
        isDisabled={isDisabled}
        excludeFromTabOrder
        className="me-1 grid size-7 shrink-0 place-items-center rounded-md text-muted outline-none hover:bg-surface-2 hover:text-text data-focus-visible:focus-ring"
      >
        <CalendarDays className="size-4" />
      </Button>
      <Popover
        isOpen={isOpen}
        onOpenChange={setOpen}
        triggerRef={button}
        placement="bottom end"
        className={popoverClass}
      >
        <Dialog aria-label={t('calendar')} className="outline-none">
          <JCalendar
            value={value}
            today={today}
            onChange={(day) => {
              onChange(day)
              setOpen(false)
            }}
          />
        </Dialog>
      </Popover>
    </>
  )
}
