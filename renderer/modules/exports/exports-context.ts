import { createContext, use } from 'react'
import type { Request } from './export-run.ts'

export const ExportsContext = createContext<((request: Request) => void) | null>(null)

/** Gives `start(request)`: has a file made and saved, and shows in the tray how far it is. */
export function useStartExport(): (request: Request) => void {
  const start = use(ExportsContext)
  if (!start) throw new Error('useStartExport needs ExportsTray around it')
  return start
}
