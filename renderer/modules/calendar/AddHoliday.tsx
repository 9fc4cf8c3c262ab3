import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDay } from '../../../shared/domain/jalali.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useToday } from '../../app/today.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { JDateField } from '../../ui/JDateField.tsx'
import { TextField } from '../../ui/TextField.tsx'

/** A day of the business's own: everybody off, or only named. */
export function AddHoliday({ onAdded }: { onAdded: (day: IsoDay) => void }) {
  const { t } = useTranslation('calendar')
  const today = useToday()
  const [day, setDay] = useState<IsoDay | null>(null)
  const [name, setName] = useState('')
  const [isOff, setOff] = useState(true)
  const add = useCommand(api.calendar.addHoliday, {
    message: (_, input) => t('holidays.added', { name: input.name }),
    onDone: (_, { date }) => {
      setName('')
      setDay(null)
      onAdded(date)
    },
  })
  const canAdd = day !== null && name.trim() !== '' && !add.isRunning
  const keys = useFormKeys({
    onSave: () => canAdd && day !== null && void add.run({ date: day, name: name.trim(), kind: isOff ? 'off' : 'day' }),
  })
  return (
    <form {...keys} className="flex flex-wrap items-start gap-3 border-t border-line pt-3">
      <JDateField label={t('holidays.date')} value={day} onChange={setDay} today={today} className="w-44" />
      <TextField label={t('holidays.name')} value={name} onChange={setName} maxLength={100} className="w-52" />
      <span className="flex h-field items-center gap-3 mt-6 self-start">
        <Checkbox label={t('holidays.isOff')} value={isOff} onChange={setOff} />
        <Button type="submit" icon={<Plus />} isDefault isDisabled={!canAdd}>
          {t('common:add')}
        </Button>
      </span>
    </form>
  )
}
