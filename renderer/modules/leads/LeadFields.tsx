import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useBusiness, useUser } from '../../api/session.ts'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { PhoneField } from '../../ui/PhoneField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { cityChoices } from '../customers/places-model.ts'
import { useLookups } from '../customers/use-lookups.ts'
import { useColleagues } from '../users/use-colleagues.ts'
import { Alike } from './Alike.tsx'
import type { LeadForm } from './lead-model.ts'

const cities = cityChoices(null)

/** The boxes of a lead, the four that matter first; who has this number or name already is said below them. */
export function LeadFields(props: {
  form: LeadForm
  onChange: (part: Partial<LeadForm>) => void
  error?: string
  /** The lead that is edited: not alike to itself. */
  except?: string
  onLeave: () => void
}) {
  const { form, onChange, error, except, onLeave } = props
  const { t } = useTranslation('leads')
  const me = useUser()
  const areaCode = useBusiness()?.area_code ?? undefined
  const { sources, nameOf } = useLookups()
  const { list, byId } = useColleagues()
  const addSource = useCommand(api.customers.sources.add, {})
  const owner = form.owner_id === undefined ? (me?.id ?? null) : form.owner_id
  const gone = owner !== null && byId(owner)?.left ? [{ id: owner, label: nameOf(owner) ?? '' }] : []
  return (
    <>
      <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-2">
        <TextField
          label={t('field.name')}
          value={form.name}
          onChange={(name) => onChange({ name })}
          error={error}
          maxLength={200}
          autoComplete="off"
          autoFocus
        />
        <PhoneField
          label={t('field.phone')}
          value={form.phone}
          onChange={(phone) => onChange({ phone })}
          areaCode={areaCode}
          autoComplete="off"
        />
        <ComboBox
          label={t('field.source')}
          choices={sources.map(({ id, name }) => ({ id, label: name }))}
          value={form.source_id ? { id: form.source_id, label: nameOf(form.source_id) ?? '' } : null}
          onChange={(value) => onChange({ source_id: value?.id ?? null })}
          onCreate={(name) => void addSource.run({ name }).then((added) => added && onChange({ source_id: added.id }))}
          takesTyped
        />
        <Select
          label={t('field.owner')}
          isClearable
          options={[...list.map(({ id, name }) => ({ id, label: name })), ...gone]}
          value={owner}
          placeholder={t('nobody')}
          onChange={(owner_id) => onChange({ owner_id })}
        />
      </div>
      <TextField
        label={t('field.body')}
        value={form.body}
        onChange={(body) => onChange({ body })}
        maxLength={20_000}
        multiline
        rows={2}
      />
      <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-3">
        <TextField
          label={t('field.company')}
          value={form.company}
          onChange={(company) => onChange({ company })}
          maxLength={200}
          autoComplete="off"
        />
        <ComboBox
          label={t('field.city')}
          value={form.city ? { id: null, label: form.city } : null}
          onChange={(value) => onChange({ city: value?.label ?? '' })}
          choices={cities}
          allowsCustom
        />
        <TextField
          label={t('field.email')}
          value={form.email}
          onChange={(email) => onChange({ email })}
          type="email"
          dir="ltr"
          maxLength={200}
          autoComplete="off"
        />
      </div>
      <Alike form={form} {...(except && { except })} onLeave={onLeave} />
    </>
  )
}
