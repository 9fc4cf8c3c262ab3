import { Flag, MapPinCheck, MessageSquare, PhoneCall, Repeat, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { LineButton } from './LineButton.tsx'
import { Facts, LineRow } from './LineRow.tsx'
import { SnoozeMenu } from './SnoozeMenu.tsx'
import { Tick } from './Tick.tsx'
import { hourText, urgencyOf } from './today-model.ts'
import type { Line } from './use-today-page.ts'

const ICONS = {
  call: <PhoneCall />,
  meeting: <Users />,
  visit: <MapPinCheck />,
  message: <MessageSquare />,
} as const

/** Something to do: ticked off, put off, opened; a call is logged from here. */
export function TaskLine(props: {
  line: Extract<Line, { type: 'task' }>
  today: string
  minute: number
  onLog: (line: Extract<Line, { type: 'task' }>) => void
}) {
  const { line, today, minute, onLog } = props
  const { task } = line
  const { t } = useTranslation('today')
  const language = useLanguage()
  const finish = useCommand(api.tasks.complete, { message: () => t('doneSaid') })
  const { tone, shows } = urgencyOf(task, { day: today, minute })
  const badge =
    shows === 'time' && task.due_minute !== null
      ? hourText(task.due_minute, language)
      : formatRelativeDay(task.due_date ?? today, today, language)
  const isCall = task.kind === 'call' && task.party !== null
  const who = task.party?.name ? <bdi>{task.party.name}</bdi> : null
  const what = <bdi className="private-text">{task.title}</bdi>
  return (
    <LineRow
      id={line.key}
      label={t('label.task', { title: task.title, when: badge, name: task.party?.name ?? '' })}
      tick={<Tick label={t('done')} onPress={() => void finish.run({ id: task.id })} isDisabled={finish.isRunning} />}
      tone={tone}
      badge={badge}
      title={
        <span className="inline-flex max-w-full items-center gap-1.5">
          {task.priority === 2 || task.recurring ? <Marks task={task} /> : null}
          <span className="min-w-0 truncate">{isCall ? who : what}</span>
        </span>
      }
      facts={
        <Facts>
          {task.kind === 'call' && task.party?.phone ? <PhoneText phone={task.party.phone} /> : null}
          {isCall ? what : who}
          {task.kind === 'todo' || isCall ? null : t(`kind.${task.kind}`)}
        </Facts>
      }
    >
      <SnoozeMenu task={task} today={today} />
      {task.party && task.kind !== 'todo' ? (
        <LineButton by="L" icon={ICONS[task.kind]} label={t(`log.${task.kind}`)} onPress={() => onLog(line)} />
      ) : null}
    </LineRow>
  )
}

function Marks({ task }: { task: Extract<Line, { type: 'task' }>['task'] }): ReactNode {
  const { t } = useTranslation('today')
  return (
    <>
      {task.priority === 2 ? <Flag className="size-3.5 shrink-0 text-bad" aria-label={t('urgent')} /> : null}
      {task.recurring ? <Repeat className="size-3.5 shrink-0 text-muted" aria-label={t('recurring')} /> : null}
    </>
  )
}
