import { useQuery } from '@tanstack/react-query'
import { Combine } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { api, rpc } from '../../api/client.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ComboBox, type ComboValue } from '../../ui/ComboBox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Choice } from '../../ui/option-search.ts'
import { mergePath } from './duplicates-model.ts'

/** From a record to its twin: who looks alike is offered, anyone else is found by typing. */
export function MergeWith({ customer }: { customer: Customer }) {
  const { t } = useTranslation('duplicates')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <IconButton variant="outline" label={t('merge.with')} icon={<Combine />} onPress={() => setOpen(true)} />
      {isOpen ? <ChooseTwin customer={customer} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ChooseTwin({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation('duplicates')
  const app = useApp()
  const [twin, setTwin] = useState<ComboValue | null>(null)
  const { id, name, channels, addresses, national_id, company_id } = customer
  const hits = useQuery(
    rpc.customers.duplicates.queryOptions({
      input: {
        phones: channels.filter((c) => c.kind === 'phone').map((c) => c.e164 ?? c.value),
        emails: channels.filter((c) => c.kind === 'email').map((c) => c.value),
        name,
        city: addresses.find((address) => address.city)?.city ?? '',
        except: id,
        ...(national_id && { national_id }),
        ...(company_id && { company_id }),
      },
    }),
  ).data
  const choices = useCallback(
    async (text: string, signal: AbortSignal): Promise<Choice[]> => {
      const rows = text.trim()
        ? (await api.search.all({ text, limit: 12 }, { signal })).customers.map((hit) => hit.customer)
        : await api.search.recent({ limit: 8 }, { signal })
      return rows
        .filter((row) => row.id !== id)
        .map((row) => ({ id: row.id, label: row.name, description: row.city ?? undefined }))
    },
    [id],
  )
  const compare = (other: string | null | undefined) => {
    if (!other) return
    onClose()
    app.go(mergePath([id, other]))
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('merge.with')}
      onSave={() => compare(twin?.id)}
      footer={
        <Button variant="primary" isDefault isDisabled={!twin?.id} onPress={() => compare(twin?.id)}>
          {t('merge.next')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-muted">{t('merge.withLead')}</p>
        <ComboBox
          label={t('merge.other')}
          placeholder={t('merge.otherPlaceholder')}
          choices={choices}
          value={twin}
          onChange={setTwin}
          autoFocus
        />
        {hits && hits.length > 0 ? (
          <section aria-label={t('merge.lookAlike')}>
            <h3 className="mb-1 text-[0.8125rem] font-semibold text-muted">{t('merge.lookAlike')}</h3>
            <ul className="flex flex-col gap-1">
              {hits.map((hit) => (
                <li key={hit.customer.id}>
                  <Button className="w-full justify-start" onPress={() => compare(hit.customer.id)}>
                    <bdi className="truncate">{hit.customer.name || t('customers:nameless')}</bdi>
                    {hit.why[0] ? (
                      <span className="font-normal text-muted">{t(`customers:duplicate.${hit.why[0]}`)}</span>
                    ) : null}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </Dialog>
  )
}
