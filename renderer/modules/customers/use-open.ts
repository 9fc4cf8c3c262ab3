import { useEffect, useRef, useState } from 'react'
import type { List } from './use-list.ts'

/** Held-down arrow keys open thirty records a second; browsers refuse that many changes of address. */
const REST_MS = 300

/** The record in the side panel: followed at once on the screen, and in the address as soon as the keys rest. */
export function useOpen(list: List) {
  const [open, setOpen] = useState(list.open)
  const latest = useRef(list)
  latest.current = list
  const written = useRef(list.open)
  useEffect(() => {
    if (written.current === open) return
    const timer = setTimeout(() => {
      written.current = open
      latest.current.setOpen(open)
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [open])
  // An address that is not ours: a new customer was added, a link was followed.
  useEffect(() => {
    if (list.open === written.current) return
    written.current = list.open
    setOpen(list.open)
  }, [list.open])
  return [open, setOpen] as const
}
