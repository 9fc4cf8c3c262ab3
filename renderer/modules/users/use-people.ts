import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Outputs, rpc } from '../../api/client.ts'

export type Person = Outputs['users']['people'][number]

/** Who can begin to work at this PC; asked also while it is locked. */
export const usePeople = (): readonly Person[] => useQuery(rpc.users.people.queryOptions({ staleTime: 0 })).data ?? []

/** Whole seconds until then, counted down on the screen; 0 when it is past. @param until epoch ms */
export function useSecondsLeft(until: number | null): number {
  const left = () => (until === null ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000)))
  const [seconds, setSeconds] = useState(left)
  useEffect(() => {
    const tell = () => setSeconds(until === null ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000)))
    tell()
    if (until === null) return
    const timer = setInterval(tell, 250)
    return () => clearInterval(timer)
  }, [until])
  return seconds
}
