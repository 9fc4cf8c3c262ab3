import { useQuery } from '@tanstack/react-query'
import { CalendarClock, ChevronLeft, ChevronRight, Download, EyeOff, FileUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger, useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { formatDay, localDigits } from '../../../shared/domain/format.ts'
import { FIRST_YEAR, LAST_YEAR, toJalali } from '../../../shared/domain/jalali.ts'
import { api, type Outputs, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { useToday } from '../../app/today.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { saveFile } from '../../ui/save-file.ts'
import { useToast } from '../../ui/Toast.tsx'
import { AddHoliday } from './AddHoliday.tsx'
import { holidayName } from './DayMarks.tsx'
import { HolidayReport } from './HolidayReport.tsx'
import { MoveHoliday } from './MoveHoliday.tsx'

type Year = Outputs['calendar']['year']
export type YearHoliday = Year['holidays'][number]
type Report = Outputs['calendar']['importHolidays']
/** A file of more than fifty years is something else. */
const FILE_MOST = 60_000

/** The holidays of a Jalali year: computed ones and the business's own, which may mend them. */
export function HolidaysCard() {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const isRtl = useLocale().direction === 'rtl'
  const canWrite = useCan('calendar.write')
  const toast = useToast()
  const [year, setYear] = useState(toJalali(useToday()).jy)
  const [moving, setMoving] = useState<YearHoliday | null>(null)
  const [report, setReport] = useState<Report | null>(null)
  const { data } = useQuery(rpc.calendar.year.queryOptions({ input: { year } }))
  const hide = useCommand(api.calendar.hideHoliday, { message: () => t('holidays.hiddenSaid') })
  const remove = useCommand(api.calendar.removeHoliday, { message: () => t('holidays.removed') })
  const restore = useCommand(api.calendar.removeHoliday, { message: () => t('holidays.restored') })
  const confirm = useCommand(api.calendar.addHoliday, { message: () => t('holidays.confirmed') })
  const read = useCommand(api.calendar.importHolidays, { onDone: setReport })
  const [Back, Ahead] = isRtl ? [ChevronRight, ChevronLeft] : [ChevronLeft, ChevronRight]
  const shown = localDigits(String(year), language)
  const take = async (file: File) => {
    const text = await textOf(file)
    if (text.length > FILE_MOST) return void toast({ message: t('holidays.tooLong'), tone: 'bad' })
    await read.run({ text })
  }
  const give = async () => {
    const { text } = await api.calendar.exportHolidays({ year })
    saveFile(new File(['\uFEFF', text], `${t('holidays.file')}-${year}.csv`, { type: 'text/csv' }))
  }
  return (
    <Card title={t('holidays.title')}>
      <p className="mb-3 text-muted">{t('holidays.lead')}</p>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <IconButton
          size="sm"
          label={t('holidays.previous')}
          icon={<Back />}
          isDisabled={year <= FIRST_YEAR}
          onPress={() => setYear(year - 1)}
        />
        <strong aria-live="polite">{t('holidays.year', { year: shown })}</strong>
        <IconButton
          size="sm"
          label={t('holidays.next')}
          icon={<Ahead />}
          isDisabled={year >= LAST_YEAR}
          onPress={() => setYear(year + 1)}
        />
        <span className="ms-auto" />
        {canWrite ? (
          <FileTrigger
            acceptedFileTypes={['.csv', '.json', '.txt', 'text/csv', 'application/json']}
            onSelect={(files) => files?.[0] && void take(files[0])}
          >
            <Button size="sm" icon={<FileUp />}>
              {t('holidays.import')}
            </Button>
          </FileTrigger>
        ) : null}
        <Button size="sm" icon={<Download />} onPress={() => void give()}>
          {t('holidays.export')}
        </Button>
      </div>
      {data && !data.lunar ? <p className="mb-2 text-warn-ink">{t('holidays.noLunar')}</p> : null}
      <ul className="mb-3" aria-label={t('holidays.ofYear', { year: shown })}>
        {data?.holidays.map((one) => (
          <li
            key={`${one.day} ${one.name_key} ${one.id}`}
            className="flex min-h-9 items-center gap-2 border-b border-line py-1 last:border-b-0"
          >
            <span className="w-48 shrink-0 text-[0.8125rem] text-muted">{formatDay(one.day, language, 'long')}</span>
            <bdi className="min-w-0 flex-1 truncate">{holidayName(one, language)}</bdi>
            {one.approximate ? <Badge tone="warn">{t('approximate')}</Badge> : null}
            {one.own ? <Badge tone="accent">{t('holidays.own')}</Badge> : null}
            {one.off ? null : <Badge>{t('holidays.day')}</Badge>}
            {canWrite ? (
              <>
                {one.approximate ? (
                  <Button
                    size="sm"
                    aria-label={t('holidays.confirmOf', { name: holidayName(one, language) })}
                    onPress={() => void confirm.run({ date: one.day, name: one.name_key, kind: 'off' })}
                  >
                    {t('holidays.confirm')}
                  </Button>
                ) : null}
                <IconButton
                  size="sm"
                  label={t('holidays.moveOf', { name: holidayName(one, language) })}
                  icon={<CalendarClock />}
                  onPress={() => setMoving(one)}
                />
                <IconButton
                  size="sm"
                  label={t(one.id ? 'holidays.removeOf' : 'holidays.hideOf', { name: holidayName(one, language) })}
                  icon={one.id ? <Trash2 /> : <EyeOff />}
                  onPress={() =>
                    void (one.id ? remove.run({ id: one.id }) : hide.run({ date: one.day, name: one.name_key }))
                  }
                />
              </>
            ) : null}
          </li>
        ))}
      </ul>
      {data && data.hidden.length > 0 ? (
        <>
          <h3 className="mb-1 text-[0.8125rem] font-semibold">{t('holidays.hidden')}</h3>
          <ul className="mb-3">
            {data.hidden.map(({ id, day, name }) => (
              <li key={id} className="flex min-h-9 items-center gap-2 text-muted">
                <span className="w-48 shrink-0 text-[0.8125rem]">{formatDay(day, language, 'long')}</span>
                <bdi className="min-w-0 flex-1 truncate line-through">{name[language]}</bdi>
                {canWrite ? (
                  <Button
                    size="sm"
                    aria-label={t('holidays.restoreOf', { name: name[language] })}
                    onPress={() => void restore.run({ id })}
                  >
                    {t('holidays.restore')}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {canWrite ? <AddHoliday onAdded={(day) => setYear(toJalali(day).jy)} /> : null}
      {moving ? <MoveHoliday holiday={moving} onClose={() => setMoving(null)} /> : null}
      {report ? <HolidayReport report={report} onClose={() => setReport(null)} /> : null}
    </Card>
  )
}

/** Most files are UTF-8; older Excels save in the code page of Windows. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1256').decode(bytes)
  }
}
