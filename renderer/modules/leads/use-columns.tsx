import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { useToday } from '../../app/today.ts'
import { Badge } from '../../ui/Badge.tsx'
import type { GridColumn } from '../../ui/grid-columns.ts'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import { leadName } from './lead-model.ts'
import type { Lead, LeadStatus } from './use-leads.ts'

const NARROW = new Set(['name', 'phone', 'at', 'party', 'reason'])

/** What stands of a lead in a line; the last column is what became of it, as soon as something did. `isNarrow`: beside an open lead, which tells the rest. */
export function useColumns(status: LeadStatus, isNarrow: boolean): readonly GridColumn<Lead>[] {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const today = useToday()
  const { nameOf } = useColleagues()
  return useMemo(() => {
    const day = (at: number) => formatRelativeDay(dayOf(at), today, language)
    const columns: GridColumn<Lead>[] = [
      {
        id: 'name',
        header: t('field.name'),
        width: 210,
        isHideable: false,
        cell: (lead) => (
          <span className="flex min-w-0 items-center gap-2">
            <bdi className="truncate font-semibold">{leadName(lead)}</bdi>
            {lead.known ? <Badge tone="warn">{t('isCustomer')}</Badge> : null}
          </span>
        ),
      },
      {
        id: 'phone',
        header: t('field.phone'),
        width: 140,
        cell: (lead) => (lead.phone ? <PhoneText phone={lead.e164 ?? lead.phone} /> : null),
      },
      {
        id: 'body',
        header: t('field.body'),
        width: 220,
        cell: (lead) => (lead.body ? <bdi className="private-text">{lead.body}</bdi> : null),
      },
      { id: 'source', header: t('field.source'), width: 120, cell: (lead) => lead.source?.name },
      { id: 'owner', header: t('field.owner'), width: 130, cell: (lead) => nameOf(lead.owner_id) },
      { id: 'at', header: t('field.at'), width: 120, cell: (lead) => day(lead.at) },
    ]
    if (status === 'converted')
      columns.push({ id: 'party', header: t('field.party'), width: 150, cell: (lead) => lead.party?.name })
    if (status === 'discarded')
      columns.push({
        id: 'reason',
        header: t('field.reason'),
        width: 150,
        cell: (lead) => (lead.reason ? <bdi className="private-text">{lead.reason.name}</bdi> : null),
      })
    return isNarrow ? columns.filter(({ id }) => NARROW.has(id)) : columns
  }, [t, language, today, nameOf, status, isNarrow])
}
