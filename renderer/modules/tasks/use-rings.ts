import { useCallback, useEffect, useRef, useState } from 'react'
import type { Ring, Rings } from '../../../shared/contract/tasks.ts'
import { api } from '../../api/client.ts'
import { useUser } from '../../api/session.ts'

/** A window that is looked at takes a ring at once; the others only when none did. */
const HIDDEN_WAITS_MS = 700
const RETRY_MS = [500, 2000, 5000] as const
/** Rings on the screen outlive a reload of this tab; only their ids. */
const KEPT = 'daftar.rings'

export interface Shown {
  reminder_id: string
  task_id: string
  at: number
}
export type Missed = NonNullable<Rings['missed']>

function kept(): Shown[] {
  try {
    const list: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]')
    return Array.isArray(list) ? (list as Shown[]) : []
  } catch {
    return []
  }
}

function keep(list: readonly Shown[]): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(list))
  } catch {
    // A browser that keeps nothing only forgets rings at a reload; the tasks are on their page.
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** What rings in this window. @param told called once for what this window has won, to tell it outside of the page too */
export function useRings(told: (rings: readonly Ring[], missed: Missed | null) => void) {
  const userId = useUser()?.id
  const [shown, setShown] = useState<readonly Shown[]>(kept)
  const [missed, setMissed] = useState<Missed | null>(null)
  const latest = useRef(told)
  latest.current = told
  const show = useCallback((change: (list: readonly Shown[]) => readonly Shown[]) => {
    setShown((list) => {
      const next = change(list)
      keep(next)
      return next
    })
  }, [])

  useEffect(() => {
    if (!userId) return
    const stop = new AbortController()
    const take = async ({ rings, missed: late }: Rings) => {
      if (rings.length === 0 && !late) return
      if (document.hidden || !document.hasFocus()) await pause(HIDDEN_WAITS_MS)
      const won = await api.tasks.claimRing({
        rings: rings.map(({ reminder_id, at }) => ({ reminder_id, at })),
        missed_until: late?.until ?? null,
      })
      const mine = rings.filter(({ reminder_id }) => won.rings.includes(reminder_id))
      const gone = late && won.missed ? late : null
      if (mine.length > 0)
        show((list) => [
          ...mine.map(({ reminder_id, task_id, at }) => ({ reminder_id, task_id, at })),
          ...list.filter(({ task_id }) => !mine.some((ring) => ring.task_id === task_id)),
        ])
      if (gone) setMissed(gone)
      if (mine.length > 0 || gone) latest.current(mine, gone)
    }
    const follow = async () => {
      for (let attempt = 0; !stop.signal.aborted; attempt++) {
        try {
          // An engine that was started anew does not know that they stand here.
          const here = kept().map(({ reminder_id, at }) => ({ reminder_id, at }))
          if (here.length > 0) await api.tasks.claimRing({ rings: here })
          for await (const event of await api.tasks.reminders(undefined, { signal: stop.signal })) {
            attempt = 0
            void take(event).catch(() => {})
          }
        } catch {
          // Locked, or the engine is away; the banner says so, and it is asked again.
        }
        if (!stop.signal.aborted) await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 5000)
      }
    }
    void follow()
    return () => stop.abort()
  }, [userId, show])

  return {
    shown,
    missed,
    dismiss: (taskId: string) => {
      show((list) => list.filter(({ task_id }) => task_id !== taskId))
      void api.tasks.answerRings({ task_ids: [taskId] }).catch(() => {})
    },
    dismissMissed: () => {
      setMissed(null)
      if (missed) void api.tasks.answerRings({ missed_until: missed.until }).catch(() => {})
    },
  }
}
