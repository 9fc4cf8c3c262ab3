import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import type { Choice } from '../../ui/option-search.ts'

/** What can come of a call or a visit, and how a new one is added on the spot (absent for those who may not). */
export function useOutcomes(): { outcomes: readonly Choice[]; add?: (name: string) => Promise<Choice | null> } {
  const { t } = useTranslation('activities')
  const { data } = useQuery(rpc.lists.all.queryOptions({ input: { list: 'outcome' } }))
  const outcomes = useMemo(() => (data ?? []).map(({ id, name }) => ({ id, label: name })), [data])
  const create = useCommand(api.lists.add, { message: (_, { name }) => t('outcomeAdded', { name }) })
  const add = async (name: string) => {
    const made = await create.run({ list: 'outcome', name })
    return made && { id: made.id, label: name }
  }
  return useCan('lists.write') ? { outcomes, add } : { outcomes }
}
