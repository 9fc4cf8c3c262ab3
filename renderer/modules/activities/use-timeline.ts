import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TimelineKind } from '../../../shared/contract/activities.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'

/** The timeline of a customer, page by page, newest first; of some kinds, or of what holds some words. */
export function useTimeline(partyId: string, kinds: readonly TimelineKind[] | null, search: string, limit: number) {
  const words = search.trim()
  const query = useInfiniteQuery(
    rpc.activities.timeline.infiniteOptions({
      input: (after: string | undefined) => ({
        party_id: partyId,
        ...(kinds && { kinds: [...kinds] }),
        ...(words && { search: words }),
        ...(after && { after }),
        limit,
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  // Of another customer nothing is shown, not even for a frame; of the same one the old list stays until the new one is there.
  const isForeign = query.isPlaceholderData && kinds === null && words === ''
  return { ...query, entries: isForeign ? [] : (query.data?.pages.flatMap((page) => page.entries) ?? []) }
}

/** What can be done with an activity, each with undo. */
export function useActivityCommands() {
  const { t } = useTranslation('activities')
  const update = useCommand(api.activities.update, {
    message: (_, { pinned }) => t(pinned === undefined ? 'updated' : pinned ? 'pinnedToast' : 'unpinnedToast'),
  })
  const remove = useCommand(api.activities.remove, { message: () => t('deleted') })
  return { update: update.run, remove: remove.run }
}
