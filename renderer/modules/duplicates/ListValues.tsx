import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { localDigits } from '../../../shared/domain/format.ts'
import { Dash } from '../../ui/DayText.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { Name } from '../customers/Name.tsx'
import { TagList } from '../customers/TagList.tsx'

/** What a customer can have several of; all of it stays. */
export type Lists = Pick<Customer, 'channels' | 'addresses' | 'links' | 'roles' | 'tags'>
export const LISTS = ['phones', 'emails', 'addresses', 'relations', 'roles', 'tags'] as const
export type ListName = (typeof LISTS)[number]

export function lengthOf(of: Lists, list: ListName): number {
  if (list === 'phones') return of.channels.filter(({ kind }) => kind === 'phone').length
  if (list === 'emails') return of.channels.filter(({ kind }) => kind !== 'phone').length
  return of[list === 'relations' ? 'links' : list].length
}

/** One list of one record, a line each. */
export function ListValues({ of, list }: { of: Lists; list: ListName }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  if (lengthOf(of, list) === 0) return <Dash />
  if (list === 'tags') return <TagList tags={of.tags} />
  if (list === 'roles') return <>{of.roles.map((role) => t(`role.${role}`)).join(t('comma'))}</>
  return (
    <ul className="flex flex-col gap-0.5">
      {list === 'phones' &&
        of.channels
          .filter(({ kind }) => kind === 'phone')
          .map((phone) => (
            <li key={phone.id}>
              <PhoneText phone={phone.e164 ?? phone.value} />
            </li>
          ))}
      {list === 'emails' &&
        of.channels
          .filter(({ kind }) => kind !== 'phone')
          .map((channel) => (
            <li key={channel.id}>
              <bdi dir="ltr" className="[overflow-wrap:anywhere]">
                {channel.value}
              </bdi>
            </li>
          ))}
      {list === 'addresses' &&
        of.addresses.map((address) => (
          <li key={address.id} dir="auto">
            {localDigits(
              [address.province === address.city ? null : address.province, address.city, address.address]
                .filter(Boolean)
                .join(t('comma')),
              language,
            )}
          </li>
        ))}
      {list === 'relations' &&
        of.links.map((link) => (
          <li key={link.id} className="min-w-0 break-words">
            <span className="text-muted">{t(`${link.outgoing ? 'linkOut' : 'linkIn'}.${link.kind}`)} </span>
            <Name name={link.other.name} />
            {link.role ? ' ' : null}
            {link.role ? <bdi className="text-xs text-muted">{link.role}</bdi> : null}
          </li>
        ))}
    </ul>
  )
}
