import { formatPhone } from '../../../shared/domain/phone.ts'
import type { Tone } from '../../ui/tones.ts'
import type { Lead, LeadStatus } from './use-leads.ts'

/** A lead of whom only the number is known goes by it. */
export const leadName = ({ name, company, phone, e164 }: Pick<Lead, 'name' | 'company' | 'phone' | 'e164'>): string =>
  name || company || formatPhone(e164 ?? phone ?? '')

export const STATUS_TONE: Readonly<Record<LeadStatus, Tone>> = {
  new: 'accent',
  working: 'violet',
  converted: 'ok',
  discarded: 'neutral',
}

/** What the form holds: texts as typed. */
export type LeadForm = {
  name: string
  phone: string
  company: string
  email: string
  city: string
  body: string
  source_id: string | null
  /** undefined: whoever writes it down. */
  owner_id: string | null | undefined
}

export const EMPTY_LEAD: LeadForm = {
  name: '',
  phone: '',
  company: '',
  email: '',
  city: '',
  body: '',
  source_id: null,
  owner_id: undefined,
}

export const formOfLead = (lead: Lead): LeadForm => ({
  name: lead.name,
  phone: lead.phone ?? '',
  company: lead.company ?? '',
  email: lead.email ?? '',
  city: lead.city ?? '',
  body: lead.body ?? '',
  source_id: lead.source?.id ?? null,
  owner_id: lead.owner_id,
})

const TEXTS = ['company', 'phone', 'email', 'city', 'body'] as const

/** What changed against `before`; the whole form against an empty one. */
export function patchOfForm(form: LeadForm, before: LeadForm) {
  const changed = (key: keyof LeadForm) => form[key] !== before[key]
  return {
    ...(changed('name') && { name: form.name }),
    ...Object.fromEntries(TEXTS.filter(changed).map((key) => [key, form[key].trim() || null])),
    ...(changed('source_id') && { source_id: form.source_id }),
    ...(changed('owner_id') && form.owner_id !== undefined && { owner_id: form.owner_id }),
  }
}

export const isEmptyForm = (form: LeadForm) =>
  form.name.trim() === '' && TEXTS.every((key) => form[key].trim() === '') && form.source_id === null

/** Numbers «۰۹۱۲…» typed where a name is asked, as from the palette. */
export const formOfText = (text: string): LeadForm =>
  /^[\d\u0660-\u0669\u06f0-\u06f9+\s-]{7,}$/.test(text) ? { ...EMPTY_LEAD, phone: text } : { ...EMPTY_LEAD, name: text }
