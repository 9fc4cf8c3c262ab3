import { useEffect, useRef, useState } from 'react'
import type { List } from './use-list.ts'

/** Held-down arrow keys open thirty records a second; browsers refuse that many changes of address. */
const REST_MS = 300

/** The record in the side panel: followed at once on the screen, and in the address as soon as the keys rest. */
export function useOpen(list: List) {
  const [open, setOpen] = useState(list.open)
  const latest = useRef(list)
  latest.current = list
  useEffect(() => {
    if (latest.current.open === open) return
    const timer = setTimeout(() => latest.current.setOpen(open), REST_MS)
    return () => clearTimeout(timer)
  }, [open])
  return [open, setOpen] as const
}
