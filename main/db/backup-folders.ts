import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Copy, listCopies } from './backup-list.ts'
import { backupsFolder } from './backup-name.ts'

/** Where it stands which other folders copies go to; main/modules/backups/store.ts writes it. */
export const backupsNote = (dataFolder: string): string => join(dataFolder, 'backups.json')

/** Every folder that copies of this book go to, the surest first. Asks no book: for when that one does not open, or is gone. */
export function backupFolders(dataFolder: string): string[] {
  return [backupsFolder(dataFolder), ...chosenFolders(dataFolder)]
}

function chosenFolders(dataFolder: string): string[] {
  try {
    const note = JSON.parse(readFileSync(backupsNote(dataFolder), 'utf8')) as {
      settings?: { folders?: unknown }
    } | null
    const folders = note?.settings?.folders
    return Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : []
  } catch {
    return []
  }
}

/** The copies there are of a book whose file says nothing of itself, newest first; unreadable ones too: they also tell that there was a book. */
export const copiesFor = (dataFolder: string): Copy[] => listCopies(backupFolders(dataFolder))
