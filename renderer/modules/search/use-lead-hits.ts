import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Outputs, rpc } from '../../api/client.ts'

export type LeadHit = Outputs['leads']['page']['leads'][number]

/** More are a reason to open the leads themselves. */
const OFFERED = 4
/** One letter is in nearly every lead. */
const LEAST = 2

/** Leads that wait for somebody and hold every word of a text, new ones first. `isFresh`: they belong to this very text. */
export function useLeadHits(text: string): { leads: readonly LeadHit[]; isFresh: boolean } {
  const asked = text.trim()
  const isAsked = asked.length >= LEAST
  const question = (status: 'new' | 'working') => ({
    ...rpc.leads.page.queryOptions({ input: { status, filter: { text: asked }, limit: OFFERED }, gcTime: 30_000 }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  const fresh = useQuery(question('new'))
  const working = useQuery(question('working'))
  const isFresh = !isAsked || [fresh, working].every((one) => one.isError || (one.data && !one.isPlaceholderData))
  const leads = isAsked ? [...(fresh.data?.leads ?? []), ...(working.data?.leads ?? [])].slice(0, OFFERED) : []
  return { leads, isFresh }
}
