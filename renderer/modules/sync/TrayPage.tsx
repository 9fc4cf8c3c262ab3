import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, Download } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../api/client.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ChoiceCard } from './ChoiceCard.tsx'
import { KeptCard } from './KeptCard.tsx'
import { MetCard } from './MetCard.tsx'
import { OpenedSection } from './OpenedSection.tsx'
import { OpenSealed } from './OpenSealed.tsx'
import { ParkedCard } from './ParkedCard.tsx'
import { choicesOf, toChoose } from './sync-model.ts'
import { TraySection } from './TraySection.tsx'
import { useSyncStatus } from './use-sync-status.ts'
import { useUnsentFile } from './use-unsent-file.ts'

/** Everything that merging could not decide for people, and what the server did not take. */
export function TrayPage() {
  const { t } = useTranslation('sync')
  const save = useUnsentFile()
  useDeviceNames()
  const page = useFocusKept()
  const conflicts = useQuery(rpc.sync.conflicts.list.queryOptions({ input: {} })).data
  const parked = useQuery(rpc.sync.parked.list.queryOptions({ input: {} })).data
  const met = useQuery(rpc.sync.met.queryOptions({ input: {} })).data
  const choices = useMemo(() => choicesOf(conflicts?.items ?? []), [conflicts])
  const status = useSyncStatus()
  const mayOpen = useCan('owner.only')
  if (!conflicts || !parked || !met || !status) return null
  // What is left of a business that was gone from is in the lists and in no count.
  const isEmpty = toChoose(status) + choices.length + met.items.length + parked.items.length === 0
  return (
    <div ref={page} tabIndex={-1} className="flex max-w-4xl flex-col gap-5 pb-8 outline-none">
      <header className="flex flex-col gap-2">
        <h1 className="text-xl font-bold">{t('tray.title')}</h1>
        <p className="text-muted">{t('tray.lead')}</p>
        <OpenSealed />
      </header>
      {isEmpty ? <EmptyState icon={<CircleCheck />}>{t('tray.empty')}</EmptyState> : null}
      {choices.length > 0 ? (
        <TraySection title={t('tray.conflicts')} more={conflicts.total - choices.length}>
          {choices.map((choice) => (
            <ChoiceCard key={choice.key} choice={choice} />
          ))}
        </TraySection>
      ) : null}
      {met.items.length > 0 ? (
        <TraySection title={t('met.title')} lead={t('met.lead')} more={met.total - met.items.length}>
          {met.items.map((pair) => (
            <MetCard key={`${pair.first.customer.id} ${pair.second.customer.id}`} met={pair} />
          ))}
        </TraySection>
      ) : null}
      {mayOpen ? <OpenedSection /> : null}
      <KeptCard />
      {parked.items.length > 0 ? (
        <TraySection
          title={t('tray.parked')}
          lead={t('tray.parkedLead')}
          more={parked.total - parked.items.length}
          actions={
            <Button size="sm" icon={<Download />} onPress={() => save(parked.items)}>
              {t('tray.save')}
            </Button>
          }
        >
          {parked.items.map((item) => (
            <ParkedCard key={item.id} item={item} />
          ))}
        </TraySection>
      ) : null}
    </div>
  )
}

/** The server knows what the devices are called: asked once a visit, and without an answer only the names of people stand here. */
function useDeviceNames() {
  const client = useQueryClient()
  const { dataUpdatedAt } = useQuery(rpc.sync.devices.list.queryOptions({ staleTime: 60_000, retry: false }))
  useEffect(() => {
    if (dataUpdatedAt === 0) return
    void client.invalidateQueries({ queryKey: rpc.sync.conflicts.key() })
    void client.invalidateQueries({ queryKey: rpc.sync.met.key() })
  }, [client, dataUpdatedAt])
}

/** A choice goes away with the button that was pressed: the keys go on at the next one. */
function useFocusKept() {
  const page = useRef<HTMLDivElement>(null)
  const wasInside = useRef(false)
  useEffect(() => {
    const box = page.current
    if (!box) return
    if (wasInside.current && document.activeElement === document.body)
      (box.querySelector<HTMLElement>('li button') ?? box).focus()
    const look = () => {
      wasInside.current = box.contains(document.activeElement)
    }
    look()
    document.addEventListener('focusin', look)
    return () => document.removeEventListener('focusin', look)
  })
  return page
}
