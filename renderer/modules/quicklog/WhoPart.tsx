import { useQuery } from '@tanstack/react-query'
import { Ban, Search, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseQuery } from '../../../shared/domain/search-tokens.ts'
import { rpc } from '../../api/client.ts'
import { useCan } from '../../api/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import type { Choice } from '../../ui/option-search.ts'
import { TagInput } from '../../ui/TagInput.tsx'
import { partyChoices } from '../activities/party-choices.ts'
import { Name } from '../customers/Name.tsx'
import { CustomerOption } from '../search/CustomerOption.tsx'
import { Choices, type Option } from './Choices.tsx'
import { type Chosen, type Customer, choiceOf, type Entry } from './line-model.ts'
import { NewCustomer } from './NewCustomer.tsx'

const RECENT = 5

/** With whom it was: those who are known by now, and names that are not. */
export function WhoValue({ entry: { happened, whoms, parties, lead } }: { entry: Entry }) {
  const { t } = useTranslation('quicklog')
  const open = whoms.filter(({ state }) => state === 'open' || state === 'searching')
  return (
    <>
      {parties.map(({ id, label, description }) => (
        <span key={id} className="inline-flex min-w-0 items-center gap-1.5">
          <Avatar id={id} name={label} size="sm" />
          <span className="truncate font-semibold">
            <Name name={label} />
          </span>
          {description ? <bdi className="text-xs text-muted">{description}</bdi> : null}
        </span>
      ))}
      {open.map((whom) => (
        <Badge key={whom.name} tone="warn">
          <bdi>
            {t(whom.state === 'open' && whom.people.customers.length === 0 ? 'unknown' : 'which', { name: whom.name })}
          </bdi>
        </Badge>
      ))}
      {lead ? (
        <>
          <span className="truncate font-semibold">
            <Name name={lead.label} />
          </span>
          <Badge tone="violet">{t('lead')}</Badge>
        </>
      ) : parties.length + open.length > 0 ? null : happened ? (
        <Badge tone="warn">{t('forWhom')}</Badge>
      ) : (
        <span className="text-muted">{t('nobody')}</span>
      )}
    </>
  )
}

export function WhoFields({ entry, onWho }: { entry: Entry; onWho: (who: readonly Choice[]) => void }) {
  const { t } = useTranslation('quicklog')
  return (
    <TagInput
      label={t(entry.happened ? 'whoMany' : 'whoOne')}
      placeholder={t('whoPlaceholder')}
      choices={partyChoices}
      value={entry.parties}
      onChange={(who) => onWho(entry.happened ? who : who.slice(-1))}
    />
  )
}

/** What is to be chosen before the line can be saved: one of several of a name, somebody for a name that is nobody's, or whom it is about at all. */
export function WhoChoices(props: {
  entry: Entry
  onChoose: (name: string, chosen: Chosen) => void
  onWho: (who: readonly Choice[]) => void
  /** Opens the field that finds anybody. */
  onOther: () => void
  onLeave: () => void
}) {
  const { entry, onChoose, onWho, onOther, onLeave } = props
  const { t } = useTranslation('quicklog')
  const canAdd = useCan('customers.write')
  const [adding, setAdding] = useState<string | null>(null)
  const open = entry.whoms.find((whom) => whom.state === 'open')
  const isAsking = !open && !entry.lead && entry.happened && entry.parties.length === 0 && entry.whoms.length === 0
  const { data: recent } = useQuery({
    ...rpc.search.recent.queryOptions({ input: { limit: RECENT } }),
    enabled: isAsking,
  })
  if (!open && !isAsking) return null
  const name = open?.name ?? ''
  if (adding === name && adding !== null)
    return (
      <NewCustomer
        name={name}
        onClose={() => {
          setAdding(null)
          onLeave()
        }}
        onAdded={(party) => {
          setAdding(null)
          if (open) onChoose(name, { party, rest: '' })
          else onWho([party])
        }}
      />
    )
  const customers: readonly Customer[] = open ? open.people.customers : (recent ?? [])
  const query = parseQuery(name)
  const options: Option[] = customers.map((customer) => ({
    key: customer.id,
    shown: <CustomerOption customer={customer} query={query} />,
    run: () =>
      open ? onChoose(name, { party: choiceOf(customer), rest: open.people.rest }) : onWho([choiceOf(customer)]),
  }))
  const fresh: Option = {
    key: 'new',
    shown: (
      <>
        <UserPlus className="mx-1 size-4.5 shrink-0 text-accent" aria-hidden="true" />
        <span className="truncate font-semibold text-accent-ink">
          {name ? t('newNamed', { name }) : t('newCustomer')}
        </span>
      </>
    ),
    run: () => setAdding(name),
  }
  const other: Option = {
    key: 'other',
    shown: (
      <>
        <Search className="mx-1 size-4.5 shrink-0 text-muted" aria-hidden="true" />
        <span>{t(open ? 'other' : 'find')}</span>
      </>
    ),
    run: onOther,
  }
  // Without a name Enter leads to the search: who was opened last is not taken by pressing it once more.
  if (!open) options.unshift(other)
  // A name that is nobody's is most likely new.
  if (canAdd) options.push(fresh)
  if (open) options.push(other)
  if (open && !entry.happened)
    options.push({
      key: 'nobody',
      shown: (
        <>
          <Ban className="mx-1 size-4.5 shrink-0 text-muted" aria-hidden="true" />
          <span>{t('nobody')}</span>
        </>
      ),
      run: () => onChoose(name, { party: null, rest: '' }),
    })
  const title = !open
    ? t('whoAsk')
    : open.people.customers.length === 0
      ? t('unknownTitle', { name })
      : t(open.people.more ? 'whichMore' : 'whichTitle', { name })
  return <Choices key={name} title={title} options={options} onLeave={onLeave} />
}
