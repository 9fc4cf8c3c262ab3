import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { type Outputs, rpc } from '../../api/client.ts'

export type Found = Outputs['search']['all']

const LIMIT = 12

const question = (text: string) =>
  rpc.search.all.queryOptions({ input: { text: text.trim(), limit: LIMIT }, gcTime: 30_000 })

/** Gives `ask(text)`: sends the question in the very keystroke, before React has drawn it. */
export function useAsk() {
  const client = useQueryClient()
  return useCallback(
    (text: string) => {
      if (text.trim() !== '') void client.prefetchQuery(question(text))
    },
    [client],
  )
}

/**
 * What the engine finds for a text, asked at every keystroke without waiting. The answer before stays until the new one is
 * there, an answer that comes late is dropped (it belongs to another text) and its call is aborted. `answered` is the text
 * that `found` belongs to.
 */
export function useSearch(text: string): {
  found: Found | undefined
  answered: string
  isFresh: boolean
  isFailed: boolean
} {
  const asked = text.trim()
  const { data, isPlaceholderData, isError } = useQuery({
    ...question(asked),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const isFresh = asked === '' || (data !== undefined && !isPlaceholderData)
  const [answered, setAnswered] = useState(asked)
  if ((isFresh || isError) && answered !== asked) setAnswered(asked)
  return { found: asked === '' ? undefined : data, answered, isFresh, isFailed: asked !== '' && isError }
}
