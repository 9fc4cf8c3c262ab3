import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDay } from '../../../shared/domain/jalali.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useToday } from '../../app/today.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { JDateField } from '../../ui/JDateField.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { holidayName } from './DayMarks.tsx'
import type { YearHoliday } from './HolidaysCard.tsx'

/** A holiday on another day, as when the moon was seen a day later. */
export function MoveHoliday({ holiday, onClose }: { holiday: YearHoliday; onClose: () => void }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const today = useToday()
  const [day, setDay] = useState<IsoDay | null>(holiday.day)
  const done = { message: () => t('holidays.movedSaid'), onDone: onClose }
  const move = useCommand(api.calendar.moveHoliday, done)
  const update = useCommand(api.calendar.updateHoliday, done)
  const canSave = day !== null && day !== holiday.day && !move.isRunning && !update.isRunning
  const save = () => {
    if (!canSave || day === null) return
    if (holiday.id) void update.run({ id: holiday.id, patch: { date: day } })
    else void move.run({ date: holiday.day, name: holiday.name_key, to: day })
  }
  return (
    <Dialog
      isOpen
      isSaving={move.isRunning || update.isRunning}
      onClose={onClose}
      size="sm"
      title={t('holidays.moveTitle', { name: holidayName(holiday, language) })}
      onSave={save}
      footer={
        <Button variant="primary" kbd="F2" isDefault isDisabled={!canSave} onPress={save}>
          {t('common:save')}
        </Button>
      }
    >
      <JDateField label={t('holidays.newDay')} value={day} onChange={setDay} today={today} autoFocus />
    </Dialog>
  )
}
