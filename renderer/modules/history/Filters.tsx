import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { JDateField } from '../../ui/JDateField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import { KINDS, type Kind } from './entry-model.ts'
import type { HistoryFilter } from './use-history.ts'

/** Person, kind, from and to day; a customer when one came from there. */
export function Filters({ filter, onChange }: { filter: HistoryFilter; onChange: (filter: HistoryFilter) => void }) {
  const { t } = useTranslation()
  const { all, nameOf } = useColleagues()
  const set = (patch: HistoryFilter) => onChange({ ...filter, ...patch })
  const isAny = Object.values(filter).some(Boolean)
  return (
    <section
      aria-label={t('history:filters')}
      className="grid grid-cols-2 items-start gap-3 rounded-card border border-line bg-surface p-4 lg:grid-cols-4"
    >
      <Select
        label={t('history:person')}
        placeholder={t('history:everyone')}
        value={filter.user_id ?? null}
        onChange={(user_id) => set({ user_id: user_id ?? undefined })}
        options={all.map(({ id, name }) => ({ id, label: nameOf(id) ?? name }))}
        isClearable
      />
      <Select
        label={t('history:kind')}
        placeholder={t('history:allKinds')}
        value={(filter.kind as Kind | undefined) ?? null}
        onChange={(kind) => set({ kind: kind ?? undefined })}
        options={KINDS.map((id) => ({ id, label: t(`history:kinds.${id}`) }))}
        isClearable
      />
      <JDateField
        label={t('history:from')}
        placeholder={t('history:dayHint')}
        value={filter.from ?? null}
        onChange={(from) => set({ from: from ?? undefined })}
      />
      <JDateField
        label={t('history:to')}
        placeholder={t('history:dayHint')}
        value={filter.to ?? null}
        onChange={(to) => set({ to: to ?? undefined })}
      />
      {isAny ? (
        <div className="col-span-full flex flex-wrap items-center gap-2">
          {filter.party_id ? <PartyTag id={filter.party_id} onRemove={() => set({ party_id: undefined })} /> : null}
          <Button size="sm" variant="ghost" icon={<X />} onPress={() => onChange({})}>
            {t('history:showAll')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function PartyTag({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { t } = useTranslation()
  const name = useQuery(rpc.customers.rows.queryOptions({ input: { ids: [id] } })).data?.[0]?.name
  return <Tag label={t('history:ofCustomer', { name: name ?? '…' })} tone="accent" onRemove={onRemove} />
}
