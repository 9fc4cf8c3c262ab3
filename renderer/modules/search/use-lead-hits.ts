import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Outputs, rpc } from '../../api/client.ts'

export type LeadHit = Outputs['leads']['page']['leads'][number]

/** More are a reason to open the leads themselves. */
const OFFERED = 4
/** One letter is in nearly every lead. */
const LEAST = 2

/** Every word of every lead is looked at, which is not worth it for each letter of a name: ms without a key. */
const PAUSE = 120

/** Leads that wait for somebody and hold every word of a text, new ones first. `isFresh`: they belong to this very text. */
export function useLeadHits(text: string): { leads: readonly LeadHit[]; isFresh: boolean } {
  const typed = text.trim()
  const [asked, setAsked] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), PAUSE)
    return () => clearTimeout(timer)
  }, [typed])
  const isAsked = asked.length >= LEAST
  const question = (status: 'new' | 'working') => ({
    ...rpc.leads.page.queryOptions({ input: { status, filter: { text: asked }, limit: OFFERED }, gcTime: 30_000 }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  const fresh = useQuery(question('new'))
  const working = useQuery(question('working'))
  const isAnswered = [fresh, working].every((one) => one.isError || (one.data && !one.isPlaceholderData))
  const isFresh = typed.length < LEAST || (asked === typed && isAnswered)
  const leads =
    isAsked && typed.length >= LEAST
      ? [...(fresh.data?.leads ?? []), ...(working.data?.leads ?? [])].slice(0, OFFERED)
      : []
  return { leads, isFresh }
}
