import { Copy } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { formatPhone } from '../../../shared/domain/phone.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { useCopy } from './use-copy.ts'

/** The phones large enough to dial from; a click copies the number in Latin digits. */
export function PhoneActions({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  const copy = useCopy()
  const phones = customer.channels.filter((channel) => channel.kind === 'phone')
  if (phones.length === 0) return <p className="text-muted">{t('show.noPhone')}</p>
  return (
    <ul className="flex flex-col gap-1" aria-label={t('show.phone')}>
      {phones.map((phone) => {
        const shown = formatPhone(phone.e164 ?? phone.value)
        return (
          <li key={phone.id}>
            <Tooltip text={t('show.copyPhone')}>
              <Button
                onPress={() => copy(shown.replaceAll(' ', ''), shown)}
                className="group flex w-full items-center gap-2 rounded-lg bg-surface-2 px-3 py-1.5 text-start outline-none hover:bg-accent-soft hover:text-accent-ink data-focus-visible:focus-ring"
              >
                <PhoneText phone={phone.e164 ?? phone.value} className="text-base font-semibold" />
                <span className="text-xs text-muted">{t(`channelType.${phone.type}`)}</span>
                <Copy className="ms-auto size-4 text-muted" aria-hidden="true" />
              </Button>
            </Tooltip>
          </li>
        )
      })}
    </ul>
  )
}
