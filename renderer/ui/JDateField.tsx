import { CalendarDays } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button, Dialog, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../shared/domain/format.ts'
import { addDays, addJalaliMonths, dayOf, parseDay } from '../../shared/domain/jalali.ts'
import type { FieldProps } from './Field.tsx'
import { JCalendar } from './JCalendar.tsx'
import { useLanguage } from './locale.ts'
import { noDayText } from './no-day-text.ts'
import { popoverClass } from './overlay.ts'
import { ParsedField } from './ParsedField.tsx'

export type JDateFieldProps = FieldProps<string | null> & {
  /** Today in the business zone (ISO); given by tests, else Tehran's. */
  today?: string
  onInvalidText?: (text: string | null) => void
}

/** A day: typed as people write it («۱۴۰۵/۹/۱», «فردا», «آخر ماه»), moved by ↑ ↓ PgUp PgDn, or picked. The value is an ISO day. */
export function JDateField({ today = dayOf(Date.now()), placeholder, ...props }: JDateFieldProps) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <ParsedField
        {...props}
        placeholder={placeholder ?? t('dateHint')}
        inputDir="auto"
        show={(day) => formatDay(day, language, 'short')}
        edit={(day) => formatDay(day, language, 'numeric')}
        parse={(text) => {
          if (text.trim() === '') return { ok: true, value: null }
          const day = parseDay(text, today)
          return day
            ? { ok: true, value: day }
            : { ok: false, message: noDayText(text, today, t, language) ?? t('badDate') }
        }}
        hint={(day) => formatDay(day, language, 'long')}
        onStep={(day, step) =>
          day === null ? today : Math.abs(step) > 1 ? addJalaliMonths(day, Math.sign(step)) : addDays(day, step)
        }
        suffix={
          <Button
            ref={button}
            slot={null}
            aria-label={t('openCalendar')}
            onPress={() => setIsOpen(true)}
            isDisabled={props.isDisabled}
            excludeFromTabOrder
            className="me-1 grid size-7 shrink-0 place-items-center rounded-md text-muted outline-none hover:bg-surface-2 hover:text-text data-focus-visible:focus-ring"
          >
            <CalendarDays className="size-4" />
          </Button>
        }
      />
      <Popover
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        triggerRef={button}
        placement="bottom end"
        className={popoverClass}
      >
        <Dialog aria-label={t('calendar')} className="outline-none">
          <JCalendar
            value={props.value}
            today={today}
            onChange={(day) => {
              props.onChange(day)
              props.onInvalidText?.(null)
              setIsOpen(false)
            }}
          />
        </Dialog>
      </Popover>
    </>
  )
}
