import { createContext, use } from 'react'

/** Whom the keys tell which page may be opened next: the stage, while a page with the shell around it is open. */
export class Staging {
  #heard: ((paths: readonly string[]) => void) | null = null

  /** The next key may open one of these pages; none: it opens no page. */
  say(paths: readonly string[]): void {
    this.#heard?.(paths)
  }

  listen(hear: (paths: readonly string[]) => void): () => void {
    this.#heard = hear
    return () => {
      this.#heard = null
    }
  }
}

export interface Visit {
  path: string
  /** Another number, another visit: nothing of the one before is left. */
  id: number
}

export interface Stage {
  /** Path of the page that is open, on the stage or not. */
  at: string | undefined
  open: Visit | null
  /** Drawn and not shown yet. */
  staged: Visit | null
  /** The page that was opened last: whoever goes to and fro comes back to it. */
  last: string | null
  next: number
}

/** After the address has changed: a page that stands ready is taken as it is, and nothing else stays. */
export function arrive(stage: Stage, path: string | undefined, isOnStage: boolean): Stage {
  if (path === undefined || !isOnStage) return { ...stage, at: path, open: null, staged: null }
  const isReady = stage.staged?.path === path
  const open = isReady ? stage.staged : { path, id: stage.next }
  return { at: path, open, staged: null, last: path, next: stage.next + (isReady ? 0 : 1) }
}

/** After a key: one page is made ready, the one opened last if it is among them, and what stood ready for nothing goes. */
export function makeReady(stage: Stage, paths: readonly string[]): Stage {
  const may = paths.filter((path) => path !== stage.open?.path)
  const path = may.find((one) => one === stage.last) ?? may[0]
  if (path === stage.staged?.path) return stage
  return path ? { ...stage, staged: { path, id: stage.next }, next: stage.next + 1 } : { ...stage, staged: null }
}

/** True while a page is drawn and not open: it listens to no key of the window, and does not take the focus. */
export const StagedContext = createContext(false)

export const useIsStaged = (): boolean => use(StagedContext)
