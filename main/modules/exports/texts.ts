import customersEn from '../../../locales/en/customers.json' with { type: 'json' }
import exportsEn from '../../../locales/en/exports.json' with { type: 'json' }
import customersFa from '../../../locales/fa/customers.json' with { type: 'json' }
import exportsFa from '../../../locales/fa/exports.json' with { type: 'json' }

export type Language = 'fa' | 'en'

const FILES = {
  fa: { customers: customersFa as unknown, exports: exportsFa as unknown },
  en: { customers: customersEn as unknown, exports: exportsEn as unknown },
}

export type Words = (key: string, values?: Record<string, string | number>) => string

/**
 * What a file says in words: headers, names of choices, the description. The engine never sends sentences to a screen, but a file goes out of
 * Daftar, so it takes them from the same locales: 'exports:readme.lead', 'customers:kind.person'. Bundled, as a packed program has no locales folder.
 * A key without a text comes back as its last part, which for a column is its name in the database.
 */
export function wordsOf(language: Language): Words {
  return (key, values = {}) => {
    const [file = '', path = ''] = key.split(':')
    let node: unknown = FILES[language][file as keyof (typeof FILES)['fa']]
    for (const name of path.split('.')) node = (node as Record<string, unknown> | undefined)?.[name]
    if (typeof node !== 'string') return path.split('.').at(-1) ?? key
    return node.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }
}
