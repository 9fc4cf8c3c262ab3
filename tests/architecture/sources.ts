import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

export interface Source {
  /** Path from the root, with forward slashes. */
  path: string
  text: string
}

/** Every file of these folders with one of these endings. */
export function sources(folders: string[], endings: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => {
        const file = join(entry.parentPath, entry.name)
        return { path: relative(ROOT, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }
      }),
  )
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
const TYPE_ONLY = /(?:^|\n)\s*(?:import|export)\s+type\s/

export interface Import {
  from: string
  /** Path from the root for a file of ours, else the package name as written. */
  to: string
  own: boolean
  typeOnly: boolean
}

export function importsOf(source: Source): Import[] {
  return [...source.text.matchAll(IMPORT)].map((match) => {
    const spec = (match[1] ?? match[2])!
    const own = spec.startsWith('.')
    const to = own ? relative(ROOT, resolve(ROOT, dirname(source.path), spec)).replaceAll('\\', '/') : spec
    return { from: source.path, to, own, typeOnly: TYPE_ONLY.test(match[0]) }
  })
}
