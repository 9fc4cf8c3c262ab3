import type { ReactNode } from 'react'

/** A key or chord as drawn on the keyboard, always in Latin order: <Kbd>Ctrl K</Kbd>. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd
      dir="ltr"
      className="inline-flex items-center rounded border border-line bg-surface px-1.5 font-mono text-[0.6875rem] leading-[1.4] text-muted"
    >
      {children}
    </kbd>
  )
}
