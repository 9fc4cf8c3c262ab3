import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Trouble } from '../../shared/contract/system.ts'
import { type CopyFacts, readFacts } from './backup-facts.ts'
import { isCopyName } from './backup-name.ts'
import { toTrouble } from './sqlite-errors.ts'

/** One file of a backup folder. Exactly one of `facts` and `trouble` is there. */
export interface Copy {
  path: string
  folder: string
  name: string
  bytes: number
  facts: CopyFacts | null
  /** DAMAGED, NOT_A_DATABASE …: why it cannot be used. */
  trouble: Trouble['code'] | null
}

/**
 * Every copy in these folders, newest first; a folder that is not there has none. Works without an open book. What has a stamp (`facts.reason`)
 * was verified when it was made and is as long as it was then; whether a disk has spoiled it since only verifyCopy says.
 */
export function listCopies(folders: readonly string[]): Copy[] {
  return folders.flatMap(copiesIn).sort((a, b) => (b.facts?.at ?? 0) - (a.facts?.at ?? 0) || (a.name < b.name ? 1 : -1))
}

function copiesIn(folder: string): Copy[] {
  let names: string[]
  try {
    names = readdirSync(folder).filter(isCopyName)
  } catch {
    return []
  }
  return names.map((name) => {
    const path = join(folder, name)
    const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    try {
      return { path, folder, name, bytes, facts: readFacts(path), trouble: null }
    } catch (error) {
      return { path, folder, name, bytes, facts: null, trouble: toTrouble(error, path, 'OPEN_FAILED').trouble.code }
    }
  })
}
