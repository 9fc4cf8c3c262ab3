import { AtSign, Check, Forward } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import { useColleagues } from '../users/use-colleagues.ts'
import { LineButton } from './LineButton.tsx'
import { Facts, LineRow } from './LineRow.tsx'
import type { Line } from './use-today-page.ts'

/** A task that a colleague handed over, with his words; accepted, it goes among the others on its day. */
export function HandedLine({ line, today }: { line: Extract<Line, { type: 'handed' }>; today: string }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const { nameOf } = useColleagues()
  const accept = useCommand(api.tasks.seen, { message: () => t('handed.accepted') })
  const { task, note } = line
  const due = task.due_date === null ? null : formatRelativeDay(task.due_date, today, language)
  const by = nameOf(line.by) ?? ''
  return (
    <LineRow
      id={line.key}
      label={t('label.handed', { title: task.title, name: by, note: note ?? '' })}
      tone="accent"
      badge={
        <>
          <Forward aria-hidden="true" className="rtl:-scale-x-100" />
          {t('handed.badge')}
        </>
      }
      title={<bdi className="private-text">{task.title}</bdi>}
      facts={
        <Facts>
          {t('handed.by', { name: by })}
          {task.party?.name ? <bdi>{task.party.name}</bdi> : null}
          {due && t('handed.due', { day: due })}
          {note ? <bdi className="private-text">{note}</bdi> : null}
        </Facts>
      }
    >
      <LineButton
        by="Space"
        icon={<Check />}
        label={t('handed.accept')}
        isDisabled={accept.isRunning}
        onPress={() => void accept.run({ ids: [task.id] })}
      />
    </LineRow>
  )
}

/** Where a colleague named the user; put away once it was seen. */
export function MentionLine({ line, today }: { line: Extract<Line, { type: 'mention' }>; today: string }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const { nameOf } = useColleagues()
  const seen = useCommand(api.activities.seenMention, { message: () => t('mention.put') })
  const by = nameOf(line.by) ?? ''
  return (
    <LineRow
      id={line.key}
      label={t('label.mention', { name: by, text: line.text })}
      tone="violet"
      badge={<AtSign aria-hidden="true" />}
      title={<bdi className="private-text">{line.text}</bdi>}
      facts={
        <Facts>
          {by ? <bdi>{by}</bdi> : null}
          {line.party?.name ? <bdi>{line.party.name}</bdi> : null}
          {formatRelativeDay(dayOf(line.at), today, language)}
        </Facts>
      }
    >
      <LineButton
        by="Space"
        icon={<Check />}
        label={t('mention.seen')}
        isDisabled={seen.isRunning}
        onPress={() => void seen.run({ activity_id: line.activity_id })}
      />
    </LineRow>
  )
}
