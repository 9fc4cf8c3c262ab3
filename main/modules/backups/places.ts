import { accessSync, constants, realpathSync } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { fail } from '../../rpc/errors.ts'

const LETTERS = 'DEFGHIJKLMNOPQRSTUVWXYZ'

export interface Place {
  path: string
  name: string
}

/** Drives that are plugged in now, where systems put them: /media/<who>/<name>, /run/media, /Volumes, D: and on. Without asking any program. */
export async function removablePlaces(platform = process.platform, env = process.env): Promise<Place[]> {
  if (platform === 'win32') {
    const drives = [...LETTERS]
      .map((letter) => `${letter}:\\`)
      .filter((path) => !path.startsWith(env['SystemDrive'] ?? 'C:'))
    const here = await Promise.all(
      drives.map((path) =>
        access(path).then(
          () => true,
          () => false,
        ),
      ),
    )
    return drives.filter((_, i) => here[i]).map((path) => ({ path, name: path.slice(0, 2) }))
  }
  const user = env['USER'] ?? env['LOGNAME'] ?? ''
  const roots = platform === 'darwin' ? ['/Volumes'] : [`/media/${user}`, `/run/media/${user}`, '/mnt']
  const found = await Promise.all(roots.filter((root) => !root.endsWith('/')).map(foldersIn))
  return found.flat()
}

/** Mounted ones only: an empty mount point is on the same device as the folder it stands in. */
async function foldersIn(root: string): Promise<Place[]> {
  try {
    const device = (await stat(root)).dev
    const places = await Promise.all(
      (await readdir(root)).map(async (name): Promise<Place[]> => {
        const path = join(root, name)
        const entry = await stat(path).catch(() => null)
        return entry?.isDirectory() && entry.dev !== device ? [{ path, name: basename(path) }] : []
      }),
    )
    return places.flat()
  } catch {
    return []
  }
}

/** A folder as it was typed, made plain; fails with BAD_FOLDER when copies cannot go there. A folder that was chosen before may be away now. */
export async function chosenFolder(typed: string, dataFolder: string, before: readonly string[]): Promise<string> {
  const text = typed.replace(/^["'«]|["'»]$/g, '').trim()
  if (!isAbsolute(text)) fail('BAD_FOLDER', { why: 'relative' })
  const folder = resolve(text)
  if (before.includes(folder)) return folder
  const entry = await stat(folder).catch(() => null)
  if (!entry) fail('BAD_FOLDER', { why: 'missing' })
  if (!entry.isDirectory()) fail('BAD_FOLDER', { why: 'not_a_folder' })
  if (isWithin(realpathSync(folder), realpathSync(dataFolder))) fail('BAD_FOLDER', { why: 'own' })
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    fail('BAD_FOLDER', { why: 'read_only' })
  }
  return folder
}

/** The data folder, or a folder in it: what is lost with the book is no second place. */
function isWithin(folder: string, outer: string): boolean {
  const path = relative(outer, folder)
  return path === '' || (!path.startsWith('..') && !isAbsolute(path) && dirname(path) !== '')
}
