import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Business } from '../../../shared/contract/settings.ts'
import { TRADES } from '../../../shared/domain/party.ts'
import { toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { PhoneField } from '../../ui/PhoneField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { cityChoices, provinceChoices, provinceOf } from '../customers/places-model.ts'

const UNITS = ['toman', 'rial'] as const
const named = (label: string | null) => (label ? { id: null, label } : null)

/** What changed against the saved business; «021» and «21» are the same area code. */
function patchOf(before: Business, form: Business): Partial<Business> {
  const area = toLatinDigits(form.area_code ?? '')
    .replace(/\D/g, '')
    .replace(/^0+/, '')
  const now = { ...form, area_code: area || null }
  return Object.fromEntries(
    Object.entries(now).filter(([key, value]) => (value || null) !== (before[key as keyof Business] || null)),
  )
}

export function BusinessForm({ business }: { business: Business }) {
  const { t } = useTranslation()
  const canWrite = useCan('settings.write')
  const [edits, setEdits] = useState<Partial<Business>>({})
  const form = { ...business, ...edits }
  const set = (patch: Partial<Business>) => setEdits((before) => ({ ...before, ...patch }))
  const patch = patchOf(business, form)
  const isNameMissing = form.business_name.trim() === ''
  const isAreaWrong = patch.area_code ? !/^[1-9]\d{1,3}$/.test(patch.area_code) : false
  const save = useCommand(api.settings.updateBusiness, {
    message: () => t('settings:business.saved'),
    onDone: () => setEdits({}),
  })
  const canSave = canWrite && Object.keys(patch).length > 0 && !isNameMissing && !isAreaWrong
  const keys = useFormKeys({ onSave: () => canSave && void save.run(patch) })
  const text = (key: 'business_name' | 'phone' | 'address' | 'area_code') => ({
    label: t(`settings:business.${key}`),
    value: form[key] ?? '',
    onChange: (value: string) => set({ [key]: value }),
    isDisabled: !canWrite,
  })
  return (
    <Card title={t('settings:section.business')}>
      <form {...keys} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            {...text('business_name')}
            maxLength={200}
            isRequired
            error={isNameMissing ? t('setup:required') : undefined}
          />
          <Select
            label={t('setup:trade')}
            value={form.trade}
            onChange={(trade) => trade && set({ trade })}
            isDisabled={!canWrite}
            options={TRADES.map((id) => ({ id, label: t(`setup:tradeName.${id}`) }))}
          />
          <Select
            label={t('settings:business.money_unit')}
            description={t('settings:business.unitNote')}
            value={form.money_unit}
            onChange={(money_unit) => money_unit && set({ money_unit })}
            isDisabled={!canWrite}
            options={UNITS.map((id) => ({ id, label: t(`setup:unit.${id}`) }))}
          />
          <TextField
            {...text('area_code')}
            description={t('settings:business.areaNote')}
            error={isAreaWrong ? t('settings:business.areaWrong') : undefined}
            dir="ltr"
            inputMode="numeric"
            maxLength={5}
          />
          <ComboBox
            label={t('settings:business.province')}
            value={named(form.province)}
            onChange={(value) => set({ province: value?.label ?? null })}
            choices={provinceChoices}
            allowsCustom
            isDisabled={!canWrite}
          />
          <ComboBox
            label={t('settings:business.city')}
            value={named(form.city)}
            onChange={(value) => {
              const province = value ? provinceOf(value.label, value.id) : null
              set({ city: value?.label ?? null, ...(province && { province }) })
            }}
            choices={cityChoices(form.province)}
            allowsCustom
            isDisabled={!canWrite}
          />
          <PhoneField {...text('phone')} />
        </div>
        <TextField {...text('address')} multiline rows={2} maxLength={500} />
        {canWrite ? (
          <div>
            <Button type="submit" variant="primary" kbd="F2" isDefault isDisabled={!canSave || save.isRunning}>
              {t('common:save')}
            </Button>
          </div>
        ) : null}
      </form>
    </Card>
  )
}
