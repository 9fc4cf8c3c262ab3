import { createContext, use } from 'react'
import type { AppActions, RendererModule } from './module.ts'

export const AppContext = createContext<{ actions: AppActions; modules: readonly RendererModule[] } | null>(null)

function useAppContext() {
  const app = use(AppContext)
  if (!app) throw new Error('useApp needs the shell around it')
  return app
}

/** What any screen may ask of the shell: go somewhere, open the palette, an «add» dialog, the key map. */
export const useApp = (): AppActions => useAppContext().actions

/** The modules of this build, for parts that show what others contribute (menu, palette, key map). */
export const useModules = (): readonly RendererModule[] => useAppContext().modules
