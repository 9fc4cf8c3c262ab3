import { Inbox } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { localDigits } from '../../../shared/domain/format.ts'
import { formatPhone } from '../../../shared/domain/phone.ts'
import { matchRanges, type Query } from '../../../shared/domain/search-tokens.ts'
import { Badge } from '../../ui/Badge.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Marked } from '../../ui/Marked.tsx'
import { leadName, STATUS_TONE } from '../leads/lead-model.ts'
import type { LeadHit } from './use-lead-hits.ts'

/** A lead in the palette: who asked, from where, and whether somebody talks to them already. */
export function LeadOption({ lead, query }: { lead: LeadHit; query: Query }) {
  const { t } = useTranslation('leads')
  const name = leadName(lead)
  const phone = localDigits(formatPhone(lead.e164 ?? lead.phone ?? ''), useLanguage())
  return (
    <>
      <Inbox className="mx-1 size-4.5 shrink-0 text-muted" aria-hidden="true" />
      <bdi className="min-w-0 flex-1 truncate font-semibold">
        <Marked text={name} ranges={matchRanges(name, query)} />
      </bdi>
      {lead.city ? <bdi className="shrink-0 text-xs text-muted">{lead.city}</bdi> : null}
      {phone && (lead.name || lead.company) ? (
        <bdi dir="ltr" className="shrink-0 text-end whitespace-nowrap text-muted tnum">
          <Marked text={phone} ranges={matchRanges(phone, query)} />
        </bdi>
      ) : null}
      <Badge tone={STATUS_TONE[lead.status]}>{t(`status.${lead.status}`)}</Badge>
    </>
  )
}
