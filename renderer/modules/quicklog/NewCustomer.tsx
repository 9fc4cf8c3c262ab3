import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useBusiness } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import type { Choice } from '../../ui/option-search.ts'
import { PhoneField } from '../../ui/PhoneField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Name } from '../customers/Name.tsx'
import { inputOfQuick, isEmptyQuick, type Quick, quickOfText } from '../customers/quick-model.ts'
import { useDuplicates } from '../customers/use-duplicates.ts'
import { useNameText } from '../customers/use-name-text.ts'

/** Somebody who is not in the book yet, without leaving the line: a name, a number if there is one. Who it might be already is one press away. */
export function NewCustomer(props: { name: string; onAdded: (party: Choice) => void; onClose: () => void }) {
  const { t } = useTranslation('customers')
  const nameText = useNameText()
  const areaCode = useBusiness()?.area_code ?? undefined
  const [quick, setQuick] = useState<Quick>(() => quickOfText(props.name))
  const hits = useDuplicates({ phones: [quick.phone], name: quick.name })
  const label = quick.name.trim() || quick.phone
  const add = useCommand((each: Quick) => api.customers.add(inputOfQuick(each)), {
    message: () => t('quick.added', { name: nameText(label) }),
  })
  const save = async () => {
    if (isEmptyQuick(quick) || add.isRunning) return
    const added = await add.run(quick)
    if (added) props.onAdded({ id: added.id, label })
  }
  const keys = useFormKeys({ onSave: () => void save(), onCancel: props.onClose })
  return (
    <form
      {...keys}
      aria-label={t('quick.title')}
      className="mx-2 mb-2 flex flex-col gap-3 rounded-lg border border-line bg-surface-2/50 p-3"
    >
      <div className="grid grid-cols-2 items-start gap-3">
        <TextField
          label={t('quick.name')}
          value={quick.name}
          onChange={(name) => setQuick({ ...quick, name })}
          autoComplete="off"
          autoFocus={quick.name === ''}
        />
        <PhoneField
          label={t('quick.phone')}
          value={quick.phone}
          onChange={(phone) => setQuick({ ...quick, phone })}
          areaCode={areaCode}
          autoComplete="off"
          autoFocus={quick.name !== ''}
        />
      </div>
      {hits.length > 0 ? (
        <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-warn-ink">
          {t('duplicate.title', { count: hits.length })}
          {hits.slice(0, 3).map(({ customer }) => (
            <Button
              key={customer.id}
              size="sm"
              onPress={() => props.onAdded({ id: customer.id, label: customer.name })}
            >
              <Name name={customer.name} />
            </Button>
          ))}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button size="sm" type="submit" variant="primary" isDefault isDisabled={isEmptyQuick(quick) || add.isRunning}>
          {t('quicklog:addCustomer')}
        </Button>
        <Button size="sm" variant="ghost" onPress={props.onClose}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  )
}
