import { useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useModules } from './app-context.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { CounterBar } from './CounterBar.tsx'
import { Overlays } from './Overlays.tsx'
import { Sidebar } from './Sidebar.tsx'
import { TopBar } from './TopBar.tsx'
import { TourOffer } from './TourOffer.tsx'

/** Moves the focus to the page after a change of address, unless the page has put it somewhere itself. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const before = useRef<string | undefined>(undefined)
  useEffect(() => {
    const isFirst = before.current === undefined
    const isSame = before.current === path
    before.current = path
    if (isFirst || isSame || !path) return
    main.current?.scrollTo(0, 0)
    const frame = requestAnimationFrame(() => {
      if (main.current?.contains(document.activeElement) || document.querySelector('[role=dialog]')) return
      main.current?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [path])
  return main
}

function Notices() {
  return useModules().map(({ name, Notice }) => (Notice ? <Notice key={name} /> : null))
}

/** The same elements each time, so that React passes them over when only the page is another. */
const BESIDE = <Sidebar />
const ABOVE = (
  <>
    <TopBar />
    <CounterBar />
    <ConnectionBanner />
    <Notices />
  </>
)
const OVER = (
  <>
    <TourOffer />
    <Overlays />
  </>
)

/** Sidebar, top bar and the page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const main = useFocusOnArrival()
  return (
    <div className="relative flex h-dvh overflow-clip bg-bg">
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link; following the address would confuse the hash router */}
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
        className="absolute start-2 top-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-1.5 text-on-accent focus-visible:translate-y-0"
      >
        {t('app:skipToPage')}
      </a>
      {BESIDE}
      <div className="flex min-w-0 flex-1 flex-col">
        {ABOVE}
        {/* Relative: labels for screen readers stand absolute and must scroll with the page, not lengthen the window. */}
        <main ref={main} id="main" tabIndex={-1} className="relative min-h-0 flex-1 overflow-y-auto p-5 outline-none">
          {children}
        </main>
      </div>
      {OVER}
    </div>
  )
}
