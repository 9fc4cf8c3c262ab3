import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Outputs, rpc } from '../../api/client.ts'

export type User = Outputs['users']['list'][number]

export interface Colleagues {
  /** Who works here, oldest first: to choose from. */
  list: readonly User[]
  /** Those who left too: for filters. */
  all: readonly User[]
  byId: (id: string | null | undefined) => User | null
  /** «علی محمدی», «علی محمدی (رفته)»; null for nobody, or for somebody who never was. */
  nameOf: (id: string | null | undefined) => string | null
}

/** The people of this book, for owners, mentions, handovers and whatever else means somebody. */
export function useColleagues(): Colleagues {
  const { t } = useTranslation()
  const { data } = useQuery(rpc.users.list.queryOptions())
  return useMemo(() => {
    const all = data ?? []
    const known = new Map(all.map((user) => [user.id, user]))
    const byId: Colleagues['byId'] = (id) => (id ? (known.get(id) ?? null) : null)
    return {
      list: all.filter(({ left }) => !left),
      all,
      byId,
      nameOf: (id) => {
        const user = byId(id)
        return user && (user.left ? t('users:leftName', { name: user.name }) : user.name)
      },
    }
  }, [data, t])
}
