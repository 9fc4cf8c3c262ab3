import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from './client.ts'

/** Typing rests this long before the draft goes to the engine: little is lost, the disk is not busy. */
const SAVE_MS = 250

const FLUSH = 'daftar:flush-drafts'

/** Sends what was typed in the last moment, before somebody else takes this seat or it is locked. */
export function flushDrafts(): void {
  dispatchEvent(new Event(FLUSH))
}

export type Draft<T> = {
  /** undefined while it is being read, null when there is none. */
  restored: T | null | undefined
  /** When the restored draft was written, epoch ms. */
  at: number | null
  save: (value: T) => void
  /** After saving or throwing away the form. */
  clear: () => void
}

/**
 * A form's half-typed state, kept by the engine: survives a closed window, a crash and a power cut. Key: module, form, record,
 * e.g. `customers.edit.<id>`; null switches it off.
 */
export function useDraft<T>(key: string | null): Draft<T> {
  const [read, setRead] = useState<{ key: string | null; value: T | null; at: number | null } | null>(null)
  const waiting = useRef<{ key: string; value: T; timer: ReturnType<typeof setTimeout> } | null>(null)

  const flush = useCallback(() => {
    const draft = waiting.current
    if (!draft) return
    clearTimeout(draft.timer)
    waiting.current = null
    void api.drafts.put({ key: draft.key, value: draft.value }).catch(() => {})
  }, [])

  useEffect(() => {
    let gone = false
    if (key === null) setRead({ key, value: null, at: null })
    else {
      const show = (value: unknown, at: number | null) => {
        if (!gone) setRead({ key, value: (value ?? null) as T | null, at })
      }
      api.drafts.get({ key }).then(
        (draft) => show(draft?.value, draft?.at ?? null),
        () => show(null, null),
      )
    }
    return () => {
      gone = true
      flush()
    }
  }, [key, flush])

  useEffect(() => {
    for (const end of ['pagehide', FLUSH]) addEventListener(end, flush)
    return () => {
      for (const end of ['pagehide', FLUSH]) removeEventListener(end, flush)
    }
  }, [flush])

  const save = useCallback(
    (value: T) => {
      if (key === null) return
      if (waiting.current) clearTimeout(waiting.current.timer)
      waiting.current = { key, value, timer: setTimeout(flush, SAVE_MS) }
    },
    [key, flush],
  )
  const clear = useCallback(() => {
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = null
    if (key !== null) void api.drafts.remove({ key }).catch(() => {})
  }, [key])

  const current = read?.key === key ? read : null
  return { restored: current ? current.value : undefined, at: current?.at ?? null, save, clear }
}
