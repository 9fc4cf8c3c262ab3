import type { Trouble } from '../../shared/contract/system.ts'

/** Who holds a data folder; `address` and `token` let the command line send its call to the running engine. */
export interface FolderOwner {
  pid: number
  /** Epoch ms. */
  startedAt: number
  address?: string
  token?: string
}

/** The book cannot be opened, and why: the hosts show the designed screen for `trouble.code`. */
export class TroubleError extends Error {
  readonly trouble: Trouble
  /** Only with LOCKED, when the owner left word. */
  readonly owner: FolderOwner | null

  constructor(code: Trouble['code'], path: string, detail: string, owner: FolderOwner | null = null) {
    super(`${code}: ${path}: ${detail}`)
    this.name = 'TroubleError'
    this.trouble = { code, path, detail }
    this.owner = owner
  }
}
