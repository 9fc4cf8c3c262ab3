import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../ui/locale.ts'
import { popoverClass } from '../../ui/overlay.ts'
import { StateIcon } from './StateIcon.tsx'
import { StatusPanel } from './StatusPanel.tsx'
import { stateText } from './sync-model.ts'
import { useReturn } from './use-return.ts'
import { useSyncStatus } from './use-sync-status.ts'

/** At the foot of the menu: whether everything is sent. Nothing for who does not use sync. */
export function Chip() {
  const { t } = useTranslation()
  const language = useLanguage()
  const status = useSyncStatus()
  useReturn(status?.offline_since != null)
  const [isOpen, setOpen] = useState(false)
  if (!status || status.state === 'off') return null
  const text = stateText(t, status, language)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        aria-label={t('sync:panel.label', { state: text })}
        className="flex w-full items-center gap-1.25 rounded-md px-2.25 py-1 text-start text-xs text-muted outline-none hover:text-text data-focus-visible:focus-ring max-lg:justify-center"
      >
        <StateIcon status={status} className="size-3.5" />
        <span className="truncate max-lg:sr-only">{text}</span>
      </Button>
      <Popover placement="end bottom" offset={6} className={`${popoverClass} w-84 max-w-[92vw]`}>
        <Dialog aria-label={t('sync:title')} className="p-4 outline-none">
          <StatusPanel status={status} onLeave={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
