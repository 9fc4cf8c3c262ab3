import { readdirSync, readFileSync } from 'node:fs'

export type Language = 'fa' | 'en'

function read(language: Language): Record<string, unknown> {
  const folder = new URL(`../../locales/${language}/`, import.meta.url)
  const texts: Record<string, unknown> = {}
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.json')) texts[file.slice(0, -5)] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  }
  return texts
}

const texts = { fa: read('fa'), en: read('en') }

function at(language: Language, key: string): unknown {
  const [module, path = ''] = key.split(':')
  let node: unknown = texts[language][module ?? '']
  for (const part of path.split('.')) node = (node as Record<string, unknown> | undefined)?.[part]
  return node
}

/** A sentence of the product as a screen shows it: `words('fa', 'customers:view.saved', { name: 'تهران' })`. Throws for an unknown key. */
export function words(language: Language, key: string, values: Record<string, string | number> = {}): string {
  const text = at(language, key) ?? at(language, `${key}_other`)
  if (typeof text !== 'string') throw new Error(`no text ${key} in ${language}`)
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** The same in Persian, the language of most specs. */
export const fa = (key: string, values?: Record<string, string | number>) => words('fa', key, values)
export const en = (key: string, values?: Record<string, string | number>) => words('en', key, values)

/** A Persian sentence with names in it, which the screen may keep apart from its direction by invisible marks. */
export function said(key: string, values: Record<string, string>): RegExp {
  const marked = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `\u2068${value}\u2069`]))
  const plain = fa(key, marked).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(plain.replace(/[\u2068\u2069]/g, '[\\u2066-\\u2069]?'))
}
