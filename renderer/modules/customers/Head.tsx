import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Cut } from '../../ui/Cut.tsx'
import { isNumber, Name } from './Name.tsx'

/** Who it is: avatar, name, work, and what one must know before speaking. */
export function Head({ customer, isPage }: { customer: Customer; isPage?: boolean }) {
  const { t } = useTranslation('customers')
  const { on: isCounter } = useCounterMode()
  const work = customer.links.find((link) => link.kind === 'works_at' && link.outgoing)
  const line =
    [work?.role, work?.other.name].filter(Boolean).join(' · ') || (customer.kind === 'company' ? t('kind.company') : '')
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Avatar id={customer.id} name={isNumber(customer.name) ? '' : customer.name} kind={customer.kind} size="lg" />
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          {isPage ? (
            <h1 className="min-w-0 text-lg font-bold break-words">
              <Name name={customer.name} />
            </h1>
          ) : (
            <h2 className="line-clamp-2 min-w-0 text-base font-bold break-words">
              <Name name={customer.name} />
            </h2>
          )}
          {customer.blacklisted && !isCounter ? <Badge tone="bad">{t('show.blacklisted')}</Badge> : null}
          {customer.roles
            .filter((role) => role !== 'customer')
            .map((role) => (
              <Badge key={role} tone="accent">
                {t(`role.${role}`)}
              </Badge>
            ))}
        </div>
        {line ? (
          <p className="text-[0.8125rem] text-muted">
            <Cut>{line}</Cut>
          </p>
        ) : null}
      </div>
    </div>
  )
}
