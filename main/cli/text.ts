import { readFileSync } from 'node:fs'

type Tree = { [key: string]: string | Tree }
export type Say = (key: string, values?: Record<string, unknown>) => string

/** Persian where the terminal's language says so, else English. */
export function languageOf(env: NodeJS.ProcessEnv): 'fa' | 'en' {
  return /^fa/i.test(env['DAFTAR_LANG'] ?? env['LC_ALL'] ?? env['LANG'] ?? '') ? 'fa' : 'en'
}

/** Sentences of locales/<language>/{cli,errors,trouble}.json by 'file:key.key'; null where there is none. */
export function sentences(language: 'fa' | 'en'): (key: string, values?: Record<string, unknown>) => string | null {
  const files = new Map<string, Tree>()
  const load = (name: string): Tree => {
    const known = files.get(name)
    if (known) return known
    const url = new URL(`../../locales/${language}/${name}.json`, import.meta.url)
    const tree = JSON.parse(readFileSync(url, 'utf8')) as Tree
    files.set(name, tree)
    return tree
  }
  return (key, values = {}) => {
    const [file = '', path = ''] = key.split(':')
    let node: string | Tree | undefined = load(file)
    for (const name of path.split('.')) node = typeof node === 'object' ? node[name] : undefined
    if (typeof node !== 'string') return null
    return node.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }
}
