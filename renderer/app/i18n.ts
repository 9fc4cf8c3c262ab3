import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'

const files = import.meta.glob<Record<string, unknown>>('../../locales/*/*.json', { eager: true, import: 'default' })

/** All texts of both languages, by the names of their files: locales/fa/customers.json is `customers:` in Persian. */
export function createI18n(language: 'fa' | 'en'): i18n {
  const resources: Record<string, Record<string, Record<string, unknown>>> = {}
  for (const [path, texts] of Object.entries(files)) {
    const [, lang, name] = /(\w+)\/([\w-]+)\.json$/.exec(path) ?? []
    if (!lang || !name) continue
    resources[lang] ??= {}
    resources[lang][name] = texts
  }
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'fa',
    ns: Object.keys(resources.fa ?? {}),
    defaultNS: 'common',
    resources,
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}
