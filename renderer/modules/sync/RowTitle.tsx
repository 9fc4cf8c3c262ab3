import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Cut } from '../../ui/Cut.tsx'
import type { Parked } from './sync-model.ts'
import { useSyncText } from './use-sync-text.ts'

/** What a change is about: the customer, who can be opened, and the row of theirs. */
export function RowTitle({ item }: { item: Pick<Parked, 'party' | 'table' | 'called'> }) {
  const { t } = useTranslation('sync')
  const text = useSyncText()
  const { party } = item
  return (
    <>
      {party ? (
        <Link
          to="/customers/$id"
          params={{ id: party.id }}
          className="inline-block max-w-full font-bold text-accent hover:underline"
        >
          <Cut>{party.name || t('customers:nameless')}</Cut>
        </Link>
      ) : null}
      <p className={party ? 'text-muted' : 'font-bold'}>{text.row(item)}</p>
    </>
  )
}
