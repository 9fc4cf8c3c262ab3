import type { CustomerInput } from '../../../shared/contract/customers.ts'
import { looksLikeCompany, splitName } from '../../../shared/domain/name.ts'
import type { PartyKind } from '../../../shared/domain/party.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { type CustomerForm, emptyForm } from './form-model.ts'

/** The two boxes of the quick form. `kind` is null until someone chooses it: then it is guessed from the name. */
export interface Quick {
  name: string
  phone: string
  kind: PartyKind | null
}
export const EMPTY_QUICK: Quick = { name: '', phone: '', kind: null }

export const kindOf = ({ kind, name }: Quick): PartyKind => kind ?? (looksLikeCompany(name) ? 'company' : 'person')

export const isEmptyQuick = ({ name, phone }: Quick) => !name.trim() && !phone.trim()

/** What was typed as the beginning of the long form. A text that is a number goes to the phone. */
export function formOfQuick(quick: Quick): CustomerForm {
  const kind = kindOf(quick)
  const form = emptyForm(kind)
  const { first, last } = splitName(quick.name)
  const phone = parsePhone(quick.phone)
  const type = phone.ok && phone.kind === 'mobile' ? 'mobile' : 'work'
  return {
    ...form,
    ...(kind === 'company' ? { company_name: quick.name.trim() } : { first_name: first, last_name: last }),
    channels: [{ key: 'new-1', kind: 'phone', type, value: quick.phone.trim() }],
  }
}

export function inputOfQuick(quick: Quick): CustomerInput {
  const form = formOfQuick(quick)
  const named =
    form.kind === 'company'
      ? { company_name: form.company_name || null }
      : { first_name: form.first_name || null, last_name: form.last_name || null }
  const channels = form.channels
    .filter((channel) => channel.value)
    .map(({ kind, type, value }) => ({ kind, type, value }))
  return { kind: form.kind, ...named, roles: ['customer'], ...(channels.length > 0 && { channels }) }
}

/** What had been typed elsewhere (the palette): a number or a name. */
export function quickOfText(text: string): Quick {
  const value = text.trim()
  const isPhone = parsePhone(value).ok || /^[+\d\u06f0-\u06f9\u0660-\u0669\s-]{5,}$/.test(value)
  return { ...EMPTY_QUICK, ...(isPhone ? { phone: value } : { name: value }) }
}
