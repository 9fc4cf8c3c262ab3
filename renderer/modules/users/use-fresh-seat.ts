import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Outputs, rpc } from '../../api/client.ts'
import { useClearToasts } from '../../ui/Toast.tsx'

type Status = Outputs['system']['status']

/** What belongs to the device and not to whoever sits at it. */
const KEPT = [rpc.system.status.queryKey(), rpc.settings.device.queryKey(), rpc.users.people.queryKey()].map((key) =>
  JSON.stringify(key),
)

/** Who sits here, as far as what is on the screen is concerned; null before there is anybody. */
const seatOf = (status: Status | undefined) => (status?.locked ? 'locked' : (status?.user?.id ?? null))

/**
 * False for the one frame in which everything of the one before is taken away: their pages are unmounted, then their answers forgotten and
 * their notices closed. The first user of a book takes nobody's place.
 */
export function useFreshSeat(status: Status | undefined, onLeave: () => void): boolean {
  const seat = seatOf(status)
  const client = useQueryClient()
  const clearToasts = useClearToasts()
  const [shown, setShown] = useState(seat)
  const latest = useRef(onLeave)
  latest.current = onLeave
  const isFresh = shown === null || shown === seat
  useEffect(() => {
    if (shown === seat) return
    if (shown !== null) {
      latest.current()
      clearToasts()
      client.removeQueries({ predicate: ({ queryKey }) => !KEPT.includes(JSON.stringify(queryKey)) })
    }
    setShown(seat)
  }, [shown, seat, client, clearToasts])
  return isFresh
}
