import { useTranslation } from 'react-i18next'
import { localDigits } from '../../../shared/domain/format.ts'
import { formatPhone } from '../../../shared/domain/phone.ts'
import { matchRanges, type Query } from '../../../shared/domain/search-tokens.ts'
import type { Outputs } from '../../api/client.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Marked } from '../../ui/Marked.tsx'

type Customer = Outputs['search']['recent'][number]
type Match = Outputs['search']['all']['customers'][number]['match']

/** A customer in the palette: name, work, city, phone; what the row would not show but matched is shown in its place. */
export function CustomerOption({ customer, match, query }: { customer: Customer; match?: Match; query: Query }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const phone = match?.field === 'phone' ? match.text : customer.phone
  const shownPhone = phone ? localDigits(formatPhone(phone), language) : null
  const work = [customer.job, customer.company].filter(Boolean).join(t('search:comma'))
  const other = match && ['tag', 'code'].includes(match.field) ? match.text : null
  const city = match?.field === 'city' ? match.text : customer.city
  const company = match?.field === 'company' && !work.includes(match.text) ? match.text : work
  const mark = (text: string) => <Marked text={text} ranges={matchRanges(text, query)} />
  return (
    <>
      <Avatar id={customer.id} name={customer.name} kind={customer.kind} />
      <span className="flex min-w-0 flex-1 items-baseline gap-2">
        <bdi className="truncate font-semibold">{customer.name ? mark(customer.name) : t('customers:nameless')}</bdi>
        {company ? <bdi className="min-w-0 truncate text-xs text-muted">{mark(company)}</bdi> : null}
        {other ? (
          <bdi className="shrink-0 rounded-md bg-surface-2 px-1.5 text-xs text-muted">
            {mark(match?.field === 'code' ? localDigits(other, language) : other)}
          </bdi>
        ) : null}
      </span>
      {city ? <bdi className="max-w-32 shrink-0 truncate text-xs text-muted">{mark(city)}</bdi> : null}
      {shownPhone ? (
        <bdi dir="ltr" className="w-32 shrink-0 text-end whitespace-nowrap text-muted tnum">
          {mark(shownPhone)}
        </bdi>
      ) : (
        <span className="w-32 shrink-0" />
      )}
    </>
  )
}
