import { CatchBoundary } from '@tanstack/react-router'
import { startTransition, useCallback, useEffect, useMemo, useState } from 'react'
import { useModules, useStaging } from './app-context.ts'
import { SEQUENCE_MS } from './keys.ts'
import { PageError } from './PageError.tsx'
import { arrive, makeReady, StagedContext, type Stage as State } from './staging.ts'

/** Keys that come nearly together leave no time to draw anything; and where a timer comes this late, there is none to spare. */
const QUICK_MS = 25
const BUSY_MS = 60

/**
 * The pages that are drawn at the first of the two keys that open them: one of them behind the window, where nobody sees, hears or
 * reaches it, until the second key shows it or another one takes it away. Each visit is a page of its own.
 * @param at path of the page that is open, of these or another
 */
export function Stage({ at }: { at: string | undefined }) {
  const staging = useStaging()
  const modules = useModules()
  const pages = useMemo(() => modules.flatMap(({ routes }) => routes.filter(({ isStaged }) => isStaged)), [modules])
  const isOnStage = useCallback((path: string | undefined) => pages.some((page) => page.path === path), [pages])
  const [before, setState] = useState<State>({ at: undefined, open: null, staged: null, last: null, next: 0 })
  const state = before.at === at ? before : arrive(before, at, isOnStage(at))
  if (state !== before) setState(state)
  const { staged } = state

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const draw = (paths: readonly string[], since: number) => {
      if (performance.now() - since > BUSY_MS) return
      startTransition(() => setState((now) => (now.at === at ? makeReady(now, paths.filter(isOnStage)) : now)))
    }
    const deafen = staging.listen((paths) => {
      clearTimeout(timer)
      if (paths.length > 0) timer = setTimeout(draw, QUICK_MS, paths, performance.now())
      // What goes, goes before anything else happens.
      else setState((now) => makeReady(now, []))
    })
    return () => {
      clearTimeout(timer)
      deafen()
    }
  }, [staging, isOnStage, at])
  useEffect(() => {
    if (!staged) return
    const timer = setTimeout(() => setState((now) => makeReady(now, [])), SEQUENCE_MS)
    return () => clearTimeout(timer)
  }, [staged])

  return [state.open, staged].map((visit) => {
    const page = pages.find(({ path }) => path === visit?.path)
    if (!visit || !page) return null
    const isStaged = visit === staged
    const { component: Page } = page
    return (
      // Below everything, and not faded or hidden: its lines are laid out and painted once, and stay so when it comes forward.
      <div
        key={visit.id}
        aria-hidden={isStaged || undefined}
        data-staged={isStaged || undefined}
        className={`absolute inset-0 overflow-y-auto bg-bg p-5 ${isStaged ? '-z-10' : 'z-0'}`}
      >
        <StagedContext value={isStaged}>
          <CatchBoundary getResetKey={() => visit.id} errorComponent={PageError}>
            <Page />
          </CatchBoundary>
        </StagedContext>
      </div>
    )
  })
}
