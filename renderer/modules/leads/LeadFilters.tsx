import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import { useLookups } from '../customers/use-lookups.ts'
import { useColleagues } from '../users/use-colleagues.ts'
import { NONE, type Place } from './use-leads.ts'

/** Whose they are and where they came from. */
export function LeadFilters({ place }: { place: Place }) {
  const { t } = useTranslation('leads')
  const { sources } = useLookups()
  const { all, nameOf } = useColleagues()
  return (
    <>
      <Select
        label={t('field.owner')}
        labelHidden
        placeholder={t('allOwners')}
        isClearable
        className="w-40"
        value={place.owner ?? null}
        onChange={(owner) => place.put({ owner })}
        options={[...all.map(({ id, name }) => ({ id, label: nameOf(id) ?? name })), { id: NONE, label: t('nobody') }]}
      />
      <Select
        label={t('field.source')}
        labelHidden
        placeholder={t('allSources')}
        isClearable
        className="w-40"
        value={place.source ?? null}
        onChange={(source) => place.put({ source })}
        options={[...sources.map(({ id, name }) => ({ id, label: name })), { id: NONE, label: t('sources.none') }]}
      />
    </>
  )
}
