import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { checkPostalCode } from '../../../shared/domain/iran.ts'
import { ADDRESS_TYPES } from '../../../shared/domain/party.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Section } from '../../ui/Section.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { AddressForm } from './form-model.ts'
import { members } from './members.ts'
import { cityChoices, provinceChoices, provinceOf } from './places-model.ts'
import type { PartProps } from './use-edit.ts'

/** Addresses; a city brings its province with it, and a place that is in no list may be written all the same. */
export function AddressPart({ form, change }: PartProps) {
  const { t } = useTranslation('customers')
  const list = members(form.addresses, (addresses) => change({ addresses }))
  const add = () =>
    list.add({
      type: form.kind === 'company' ? 'work' : 'home',
      province: '',
      city: '',
      address: '',
      postal_code: '',
    })
  return (
    <Section title={t('edit.addresses')} columns={1}>
      {form.addresses.map((address) => (
        <Address
          key={address.key}
          address={address}
          onChange={(part) => list.set(address.key, part)}
          onRemove={() => list.remove(address.key)}
        />
      ))}
      <div>
        <Button size="sm" icon={<Plus />} onPress={add}>
          {t(form.addresses.length > 0 ? 'edit.addAddress' : 'edit.addFirstAddress')}
        </Button>
      </div>
    </Section>
  )
}

function Address(props: {
  address: AddressForm
  onChange: (part: Partial<AddressForm>) => void
  onRemove: () => void
}) {
  const { t } = useTranslation('customers')
  const { address, onChange } = props
  const place = (text: string) => (text ? { id: null, label: text } : null)
  const isOdd = address.postal_code !== '' && !checkPostalCode(address.postal_code).ok
  return (
    <div className="grid grid-cols-[9rem_1fr_1fr_auto] items-start gap-2 border-b border-line pb-3">
      <Select
        label={t('edit.type')}
        options={ADDRESS_TYPES.map((id) => ({ id, label: t(`addressType.${id}`) }))}
        value={address.type}
        onChange={(type) => type && onChange({ type })}
      />
      <ComboBox
        label={t('field.party_address.province')}
        choices={provinceChoices}
        allowsCustom
        value={place(address.province)}
        onChange={(value) => onChange({ province: value?.label ?? '' })}
      />
      <ComboBox
        label={t('field.party_address.city')}
        choices={cityChoices(address.province || null)}
        allowsCustom
        value={place(address.city)}
        onChange={(value) => {
          const city = value?.label ?? ''
          const found = value?.id ? provinceOf(city, value.id) : null
          onChange({ city, ...(found && { province: found }) })
        }}
        onBlur={() => {
          const found = address.city && !address.province ? provinceOf(address.city, null) : null
          if (found) onChange({ province: found })
        }}
      />
      <span className="pt-6">
        <IconButton
          label={`${t('edit.remove')}: ${t('field.party_address.address')}`}
          icon={<X />}
          onPress={props.onRemove}
        />
      </span>
      <TextField
        label={t('field.party_address.address')}
        value={address.address}
        onChange={(text) => onChange({ address: text })}
        className="col-span-2"
      />
      <CodeField
        label={t('field.party_address.postal_code')}
        value={address.postal_code}
        onChange={(text) => onChange({ postal_code: text })}
        warning={isOdd ? t('warn.postal_code') : undefined}
      />
    </div>
  )
}
