import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TimelineKind } from '../../../shared/contract/activities.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'

/** Entries of a page: on the page of a customer, and in the side panel. */
const LIMITS = { page: 30, brief: 10 } as const

/** What a timeline asks: everything, some kinds, or what holds some words. */
export function timelineOf(
  partyId: string,
  { isBrief, kinds, words }: { isBrief?: boolean; kinds?: readonly TimelineKind[] | null; words?: string } = {},
) {
  return rpc.activities.timeline.infiniteOptions({
    input: (after: string | undefined) => ({
      party_id: partyId,
      ...(kinds && { kinds: [...kinds] }),
      ...(words && { search: words }),
      ...(after && { after }),
      limit: isBrief ? LIMITS.brief : LIMITS.page,
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

/** The timeline of a customer, page by page, newest first; of some kinds, or of what holds some words. */
export function useTimeline(
  partyId: string,
  kinds: readonly TimelineKind[] | null,
  search: string,
  isBrief: boolean | undefined,
) {
  const words = search.trim()
  const query = useInfiniteQuery({
    ...timelineOf(partyId, { isBrief, kinds, words }),
    placeholderData: keepPreviousData,
  })
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
