import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { useToday } from '../../app/today.ts'
import { DayText } from '../../ui/DayText.tsx'
import { BirthdayText } from './BirthdayText.tsx'
import { CodeFacts } from './CodeFacts.tsx'
import { ContactFacts } from './ContactFacts.tsx'
import { Fact } from './Fact.tsx'
import type { HistoryOf } from './FieldHistory.tsx'
import { LinkFacts } from './LinkFacts.tsx'
import { Money } from './Money.tsx'
import { NextContact } from './NextContact.tsx'
import { TagList } from './TagList.tsx'
import { useLookups } from './use-lookups.ts'

/** Everything known of a customer; `isBrief` (the side panel) leaves out history and codes. What is empty is not shown. */
export function Facts({ customer, isBrief }: { customer: Customer; isBrief?: boolean }) {
  const { t } = useTranslation('customers')
  const { on: isCounter } = useCounterMode()
  const { nameOf } = useLookups()
  const today = useToday()
  const of = (field: string): HistoryOf | undefined =>
    isBrief ? undefined : { table: 'party', row_id: customer.id, field }
  const { birth_jm: jm, birth_jd: jd, birth_jy: jy } = customer
  const groups = customer.tags.filter((tag) => tag.kind === 'group')
  const tags = customer.tags.filter((tag) => tag.kind === 'tag')
  return (
    <dl className="flex flex-col">
      <ContactFacts customer={customer} hasHistory={!isBrief} />
      <LinkFacts customer={customer} />
      {jm !== null && jd !== null ? (
        <Fact
          label={t(customer.kind === 'company' ? 'field.party.founded' : 'field.party.birth')}
          history={of('birth_jd')}
        >
          <BirthdayText birth={{ jm, jd, jy }} />
        </Fact>
      ) : null}
      {isBrief ? null : <CodeFacts customer={customer} />}
      {customer.credit_limit !== null && !isCounter ? (
        <Fact label={t('field.party.credit_limit')} history={of('credit_limit')}>
          <Money rial={customer.credit_limit} withUnit />
        </Fact>
      ) : null}
      {customer.blacklisted && customer.blacklist_reason && !isCounter ? (
        <Fact label={t('field.party.blacklisted')} history={of('blacklist_reason')}>
          <span className="text-bad" dir="auto">
            {customer.blacklist_reason}
          </span>
        </Fact>
      ) : null}
      {tags.length > 0 && !isCounter ? (
        <Fact label={t('field.party.tags')}>
          <TagList tags={tags} />
        </Fact>
      ) : null}
      {groups.length > 0 && !isCounter ? (
        <Fact label={t('field.party.groups')}>
          <TagList tags={groups} />
        </Fact>
      ) : null}
      {customer.source_id ? (
        <Fact label={t('field.party.source_id')} history={of('source_id')}>
          {nameOf(customer.source_id)}
        </Fact>
      ) : null}
      {customer.owner_id ? (
        <Fact label={t('field.party.owner_id')} history={of('owner_id')}>
          {nameOf(customer.owner_id)}
        </Fact>
      ) : null}
      {customer.deleted ? null : (
        <Fact label={t('field.party.last_contact')}>
          {customer.last_contact === null ? (
            <span className="text-muted">{t('field.party.never_contacted')}</span>
          ) : (
            <DayText day={dayOf(customer.last_contact)} />
          )}
        </Fact>
      )}
      {customer.next_contact || (customer.slips_on && customer.slips_on <= today) ? (
        <Fact label={t('field.party.next_contact')}>
          <NextContact day={customer.next_contact} slipsOn={customer.slips_on} empty={null} />
        </Fact>
      ) : null}
      {customer.about && !isCounter ? (
        <Fact label={t('field.party.about')} history={of('about')} isLong>
          <span dir="auto" className="whitespace-pre-line">
            {customer.about}
          </span>
        </Fact>
      ) : null}
      {isBrief ? null : (
        <Fact label={t('field.party.created_at')}>
          <DayText day={dayOf(customer.created_at)} />
        </Fact>
      )}
    </dl>
  )
}
