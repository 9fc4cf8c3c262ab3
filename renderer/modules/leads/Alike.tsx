import { useQuery } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { rpc } from '../../api/client.ts'
import { useApp } from '../../app/app-context.ts'
import { useToday } from '../../app/today.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Duplicates } from '../customers/Duplicates.tsx'
import { useDuplicates } from '../customers/use-duplicates.ts'
import { type LeadForm, STATUS_TONE } from './lead-model.ts'

const REST_MS = 150

/** Customers and other leads with this number or name, while one types. A hint, never a hindrance. */
export function Alike({ form, except, onLeave }: { form: LeadForm; except?: string; onLeave: () => void }) {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const today = useToday()
  const app = useApp()
  const hits = useDuplicates({ phones: [form.phone], emails: [form.email], name: form.name, city: form.city })
  const phone = useRested(form.phone)
  const { data: leads = [] } = useQuery({
    ...rpc.leads.alike.queryOptions({ input: { phone, ...(except && { except }) } }),
    enabled: phone.replace(/\D/g, '').length >= 7,
    gcTime: 10_000,
  })
  return (
    <>
      <Duplicates hits={hits} onOpen={onLeave} />
      <div aria-live="polite" className="empty:hidden">
        {leads.length > 0 ? (
          <section className="flex flex-col gap-1.5 rounded-card bg-warn-soft p-3">
            <h3 className="flex items-center gap-1.5 text-[0.8125rem] font-semibold text-warn-ink">
              <Inbox className="size-4" aria-hidden="true" />
              {t('alike')}
            </h3>
            <ul className="flex flex-col gap-1">
              {leads.map((lead) => (
                <li key={lead.id} className="flex min-w-0 items-center gap-2">
                  <bdi className="min-w-0 truncate font-semibold">{lead.name || t('nameless')}</bdi>
                  <Badge tone={STATUS_TONE[lead.status]}>{t(`status.${lead.status}`)}</Badge>
                  <span className="min-w-0 flex-1 text-xs text-muted">
                    {formatRelativeDay(dayOf(lead.at), today, language)}
                  </span>
                  <Button
                    size="sm"
                    aria-label={t('showOf', { name: lead.name })}
                    onPress={() => {
                      onLeave()
                      app.go(`/leads?status=${lead.status}&open=${lead.id}`)
                    }}
                  >
                    {t('show')}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </>
  )
}

/** The text as it was when the keys rested. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
