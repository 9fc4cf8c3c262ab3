import { createContext, use } from 'react'

export type Overlay =
  | { kind: 'palette' }
  | { kind: 'add'; name: string; text?: string }
  | { kind: 'keys' }
  | { kind: 'tour' }
  | { kind: 'seat' }

export const OverlayContext = createContext<{ overlay: Overlay | null; close: () => void } | null>(null)

/** The one thing that is open over the page, if any. */
export function useOverlay() {
  const state = use(OverlayContext)
  if (!state) throw new Error('useOverlay needs App around it')
  return state
}
