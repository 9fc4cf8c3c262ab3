import { RouterProvider } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { can } from '../../shared/domain/roles.ts'
import { useStatus, useUpdateDevice, useUser } from '../api/session.ts'
import { RevokedScreen } from '../modules/sync/RevokedScreen.tsx'
import { useSyncStatus } from '../modules/sync/use-sync-status.ts'
import { LockScreen } from '../modules/users/LockScreen.tsx'
import { useFreshSeat } from '../modules/users/use-fresh-seat.ts'
import { useLock } from '../modules/users/use-lock.ts'
import { AppContext } from './app-context.ts'
import { commandsOf } from './commands.ts'
import { useCounterMode } from './counter-mode.ts'
import { useGlobalKeys } from './keys.ts'
import type { AppActions, Command, RendererModule } from './module.ts'
import { type Overlay, OverlayContext } from './overlay-state.ts'
import type { createAppRouter } from './router.tsx'
import { ConnectionTrouble } from './trouble/ConnectionTrouble.tsx'
import { useRecoveredNotice } from './trouble/recovered.ts'
import { TroubleScreen } from './trouble/TroubleScreen.tsx'

type Router = ReturnType<typeof createAppRouter>

/** Decides what the window shows: the book, the first run, or a trouble screen; and holds what opens over it. */
export function App({ modules, router }: { modules: readonly RendererModule[]; router: Router }) {
  const status = useStatus()
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const actions = useActions(modules, router, setOverlay)
  const app = useMemo(() => ({ actions, modules }), [actions, modules])
  const state = useMemo(() => ({ overlay, close: () => setOverlay(null) }), [overlay])
  const isLocked = status.data?.locked === true
  const isReady = status.data?.set_up === true && status.data.trouble === null && !isLocked
  const isFresh = useFreshSeat(status.data, () => setOverlay(null))
  useGlobalKeys(useCommands(modules, isReady), actions)
  useRecoveredNotice(isReady)
  const sync = useSyncStatus(isReady)

  if (!status.data) return status.isError ? <ConnectionTrouble error={status.error} /> : null
  if (status.data.trouble) return <TroubleScreen trouble={status.data.trouble} />
  // Nothing of the one who sat here before is on the screen, or in memory, when the next one begins.
  if (!isFresh) return null
  if (isLocked) return <LockScreen />
  if (isReady && sync?.state === 'revoked') return <RevokedScreen />
  return (
    <AppContext value={app}>
      <OverlayContext value={state}>
        <RouterProvider router={router} />
      </OverlayContext>
    </AppContext>
  )
}

function useActions(
  modules: readonly RendererModule[],
  router: Router,
  setOverlay: (overlay: Overlay | null) => void,
): AppActions {
  const updateDevice = useUpdateDevice()
  const lock = useLock()
  const counter = useCounterMode()
  return useMemo(
    () => ({
      go: (path) => {
        setOverlay(null)
        router.history.push(path)
      },
      prepare: (path) => void router.preloadRoute({ to: path } as never),
      openPalette: () => setOverlay({ kind: 'palette' }),
      openAdd: (name, text) => {
        const first = name ?? modules.find((module) => module.add)?.name
        if (first) setOverlay({ kind: 'add', name: first, text })
      },
      openKeys: () => setOverlay({ kind: 'keys' }),
      startTour: () => setOverlay({ kind: 'tour' }),
      openSeat: () => setOverlay({ kind: 'seat' }),
      lock,
      toggleCounterMode: counter.toggle,
      setTheme: (theme) => void updateDevice({ theme }),
      setLanguage: (language) => void updateDevice({ language }),
    }),
    [modules, router, setOverlay, updateDevice, counter.toggle, lock],
  )
}

/** All that keys can run just now: nothing before the book is open. */
function useCommands(modules: readonly RendererModule[], isReady: boolean): Command[] {
  const role = useUser()?.role ?? null
  return useMemo(
    () =>
      isReady ? commandsOf(modules).filter((command) => !command.permission || can(role, command.permission)) : [],
    [modules, isReady, role],
  )
}
