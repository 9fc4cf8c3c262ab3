import type { z } from 'zod'
import type { Channel } from '../../../shared/contract/customers.ts'

const SITES: Partial<Record<z.infer<typeof Channel>['type'], string>> = {
  instagram: 'https://instagram.com/',
  telegram: 'https://t.me/',
  bale: 'https://ble.ir/',
  eitaa: 'https://eitaa.com/',
  rubika: 'https://rubika.ir/',
}

/** Where a click on an e-mail or link goes: a whole address, a name at a known site, or nowhere. Never anything but http(s) and mailto. */
export function hrefOf({ kind, type, value }: Pick<z.infer<typeof Channel>, 'kind' | 'type' | 'value'>): string | null {
  const text = value.trim()
  if (kind === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? `mailto:${text}` : null
  if (/^https?:\/\/\S+$/i.test(text)) return text
  const site = SITES[type]
  if (site && /^@?[\w.]+$/.test(text)) return site + text.replace(/^@/, '')
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text) ? `https://${text}` : null
}
