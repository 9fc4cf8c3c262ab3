import { useNavigate } from '@tanstack/react-router'
import { ExternalLink, Pencil } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { OPEN_DIALOG } from '../../ui/overlay.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { Timeline } from '../activities/Timeline.tsx'
import { NextSteps } from '../tasks/NextSteps.tsx'
import { DeletedBar } from './DeletedBar.tsx'
import { Facts } from './Facts.tsx'
import { Head } from './Head.tsx'
import { PhoneActions } from './PhoneActions.tsx'
import { useCustomer } from './use-customer.ts'

/** The record beside the list: who it is, how to reach them, what happened last. */
export function Panel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('customers')
  const navigate = useNavigate()
  const { data, error } = useCustomer(id)
  // F2 edits the record that is shown, wherever the focus is: not the row that was walked to before it.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'F2' || event.isComposing) return
      if ((event.target as Element | null)?.closest?.('input:not([type=checkbox]), textarea, [contenteditable=true]'))
        return
      if (document.querySelector(`${OPEN_DIALOG}, [role=menu], [role=listbox]`)) return
      event.preventDefault()
      event.stopPropagation()
      void navigate({ to: '/customers/$id/edit', params: { id } } as never)
    }
    addEventListener('keydown', press, { capture: true })
    return () => removeEventListener('keydown', press, { capture: true })
  }, [id, navigate])
  if (!data)
    return (
      <SidePanel title={t('one')} onClose={onClose}>
        {error ? <ErrorState title={errorText(t, error)} /> : null}
      </SidePanel>
    )
  const go = (to: string) => void navigate({ to, params: { id: data.id } } as never)
  return (
    <SidePanel title={data.name || t('nameless')} header={<Head customer={data} />} onClose={onClose}>
      <div className="flex flex-col gap-3.5">
        <div className="flex gap-2">
          <Button variant="primary" icon={<ExternalLink />} onPress={() => go('/customers/$id')} className="flex-1">
            {t('show.open')}
          </Button>
          <Button icon={<Pencil />} kbd="F2" onPress={() => go('/customers/$id/edit')}>
            {t('show.edit')}
          </Button>
        </div>
        {data.deleted ? <DeletedBar customer={data} /> : null}
        <PhoneActions customer={data} />
        <Facts customer={data} isBrief />
        {data.deleted ? null : <NextSteps party={data} isBrief />}
        <Timeline partyId={data.id} isBrief />
      </div>
    </SidePanel>
  )
}
