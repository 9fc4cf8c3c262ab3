import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { localDigits } from '../../../shared/domain/format.ts'
import { Ltr } from '../../ui/Ltr.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Fact } from './Fact.tsx'
import { hrefOf } from './link-address.ts'

/** E-mails, links and addresses; phones stand above, larger. */
export function ContactFacts({ customer, hasHistory }: { customer: Customer; hasHistory: boolean }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const of = (table: string, row_id: string, field: string) => (hasHistory ? { table, row_id, field } : undefined)
  return (
    <>
      {customer.channels
        .filter((channel) => channel.kind !== 'phone')
        .map((channel) => {
          const href = hrefOf(channel)
          return (
            <Fact
              key={channel.id}
              label={channel.kind === 'email' ? t('channelKind.email') : t(`channelType.${channel.type}`)}
              history={of('party_channel', channel.id, 'value')}
            >
              {href ? (
                <a href={href} target="_blank" rel="noreferrer noopener" className="text-accent hover:underline">
                  <bdi dir="ltr" className="[overflow-wrap:anywhere]">
                    {channel.value}
                  </bdi>
                </a>
              ) : (
                <bdi dir="ltr" className="[overflow-wrap:anywhere]">
                  {channel.value}
                </bdi>
              )}
            </Fact>
          )
        })}
      {customer.addresses.map((address) => (
        <Fact
          key={address.id}
          label={t('field.party_address.address')}
          history={of('party_address', address.id, 'address')}
        >
          <span dir="auto">
            {localDigits(
              [address.province !== address.city ? address.province : null, address.city, address.address]
                .filter(Boolean)
                .join(t('comma')),
              language,
            )}
          </span>
          {address.postal_code ? (
            <span className="block text-xs text-muted">
              {t('field.party_address.postal_code')} <Ltr text={address.postal_code} />
            </span>
          ) : null}
        </Fact>
      ))}
    </>
  )
}
