import { Pencil } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { useFormKeys } from '../../ui/form-keys.ts'

const FIRST = 'input, textarea, button[aria-haspopup], button[role=radio]'

/** One thing that was understood: pressed, its fields stand below it. Esc or the last Enter closes them. */
export function PartRow(props: {
  id: string
  label: string
  /** How it reads now. */
  children: ReactNode
  /** Its fields; absent where there is nothing to correct. */
  fields: ReactNode
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  /** Takes back what was corrected; absent while nothing was. */
  onReset?: () => void
  /** Stands below whether it is open or not. */
  below?: ReactNode
}) {
  const { id, label, fields, isOpen, onOpen, onReset, below } = props
  const { t } = useTranslation('quicklog')
  const box = useRef<HTMLFormElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    // The list of a field that opened in place is not a reason to look for the first one.
    if (isOpen && !wasOpen.current && !box.current?.contains(document.activeElement))
      (
        box.current?.querySelector<HTMLElement>('[data-selected]') ?? box.current?.querySelector<HTMLElement>(FIRST)
      )?.focus()
    if (isOpen && !wasOpen.current) box.current?.scrollIntoView({ block: 'nearest' })
    wasOpen.current = isOpen
  }, [isOpen])
  const close = () => {
    onOpen(false)
    button.current?.focus()
  }
  const keys = useFormKeys({ onSave: close, onCancel: close })
  return (
    <div className="flex flex-col" data-part={id}>
      <AriaButton
        ref={button}
        aria-expanded={isOpen}
        onPress={() => (isOpen ? close() : onOpen(true))}
        className="grid min-h-9 w-full grid-cols-[5.5rem_minmax(0,1fr)_1rem] items-center gap-x-3 rounded-lg px-2 py-1 text-start outline-none hover:bg-surface-2 data-focus-visible:focus-ring"
      >
        <span className="text-[0.8125rem] text-muted">{label}</span>
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">{props.children}</span>
        <Pencil className={cx('size-3.5', isOpen ? 'text-accent' : 'text-muted')} aria-hidden="true" />
      </AriaButton>
      {isOpen ? (
        <form
          ref={box}
          {...keys}
          aria-label={label}
          className="mx-2 mb-2 flex flex-col gap-3 rounded-lg border border-line bg-surface-2/50 p-3"
        >
          {fields}
          <div className="flex gap-2">
            <Button size="sm" type="submit" isDefault>
              {t('done')}
            </Button>
            {onReset ? (
              <Button
                size="sm"
                variant="ghost"
                onPress={() => {
                  onReset()
                  close()
                }}
              >
                {t('asWritten')}
              </Button>
            ) : null}
          </div>
        </form>
      ) : null}
      {below}
    </div>
  )
}
