import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'

export type Kinds = 'all' | 'note' | 'change'

/** The timeline of a customer, page by page, newest first. */
export function useTimeline(partyId: string, kinds: Kinds, limit: number) {
  const query = useInfiniteQuery(
    rpc.activities.timeline.infiniteOptions({
      input: (after: string | undefined) => ({
        party_id: partyId,
        ...(kinds !== 'all' && { kinds: [kinds] }),
        ...(after && { after }),
        limit,
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  return {
    ...query,
    entries:
      query.isPlaceholderData && kinds === 'all' ? [] : (query.data?.pages.flatMap((page) => page.entries) ?? []),
  }
}

/** What can be done with a note, each with undo. */
export function useNoteCommands() {
  const { t } = useTranslation('customers')
  const update = useCommand(api.activities.update, {
    message: (_, { pinned }) =>
      pinned === undefined ? t('timeline.updated') : pinned ? t('timeline.pinnedToast') : t('timeline.unpinnedToast'),
  })
  const remove = useCommand(api.activities.remove, { message: () => t('timeline.deleted') })
  return { update: update.run, remove: remove.run }
}
