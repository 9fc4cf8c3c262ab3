import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, type Outputs } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import { leadName } from './lead-model.ts'
import type { Lead } from './use-leads.ts'

export type Match = Outputs['leads']['matches'][number]

/** What waits for an answer: why they are dropped, or which customer a lead is. */
export type Asking = { kind: 'discard'; ids: string[] } | { kind: 'convert'; lead: Lead; matches: readonly Match[] }

/** Everything that can be done with leads, each told with an undo beside it. */
export function useLeadActions(onDone: () => void = () => {}) {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const [asking, setAsking] = useState<Asking | null>(null)
  const told = (key: string) => ({
    message: ({ count }: { count: number }) =>
      count === 0 ? t('done.nothing') : t(`done.${key}`, { count, n: formatNumber(count, language) }),
    onDone,
  })
  const assign = useCommand(api.leads.assign, told('assigned'))
  const work = useCommand(api.leads.work, told('working'))
  const discard = useCommand(api.leads.discard, told('discarded'))
  const reopen = useCommand(api.leads.reopen, told('reopened'))
  const remove = useCommand(api.leads.remove, told('removed'))
  const convert = useCommand(
    ({ id, party_id }: { id: string; party_id: string | null; name: string }) => api.leads.convert({ id, party_id }),
    {
      message: (_, { name }) => t('done.converted', { name }),
      onDone,
    },
  )
  const convertTo = (lead: Lead, party_id: string | null) =>
    convert.run({ id: lead.id, party_id, name: leadName(lead) })
  return {
    asking,
    /** Nothing is asked any more. */
    settle: () => setAsking(null),
    assign: (ids: string[], owner_id: string | null) => assign.run({ ids, owner_id }),
    work: (ids: string[]) => work.run({ ids }),
    reopen: (ids: string[]) => reopen.run({ ids }),
    remove: (ids: string[]) => remove.run({ ids }),
    askDiscard: (ids: string[]) => setAsking({ kind: 'discard', ids }),
    discard: (ids: string[], reason_id: string | null) => discard.run({ ids, reason_id }),
    /** At once when nobody in the book could be the same; otherwise it asks. */
    convert: async (lead: Lead) => {
      if (lead.status === 'converted' || convert.isRunning) return
      const matches = await api.leads.matches({ id: lead.id }).catch(() => [])
      if (matches.length === 0) await convertTo(lead, null)
      else setAsking({ kind: 'convert', lead, matches })
    },
    convertTo,
  }
}
export type LeadActions = ReturnType<typeof useLeadActions>
