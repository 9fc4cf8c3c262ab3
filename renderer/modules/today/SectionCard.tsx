import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { BirthdayLine } from './BirthdayLine.tsx'
import { HandedLine, MentionLine } from './HandedLine.tsx'
import { LeadLine } from './LeadLine.tsx'
import { SlippedLine } from './SlippedLine.tsx'
import { TaskLine } from './TaskLine.tsx'
import { MANY, tallyText } from './today-model.ts'
import type { Line, Section } from './use-today-page.ts'

export type OnLog = (line: Extract<Line, { type: 'task' }>) => void

/** One kind of thing to do, the most important first; what does not fit is counted and shown on demand. */
export const SectionCard = memo(function SectionCard(props: {
  section: Section
  today: string
  minute: number
  onLog: OnLog
  onMore: (name: Section['name']) => void
}) {
  const { section, today, minute, onLog, onMore } = props
  const { t } = useTranslation('today')
  const language = useLanguage()
  const { name, lines, count, late } = section
  const isMore = count.more || count.n > lines.length
  const title = t(`section.${name}`)
  return (
    <section className="rounded-card border border-line bg-surface px-4 pt-3 pb-1.5" aria-label={title}>
      <header className="flex items-center gap-2 border-b border-line pb-2">
        <h2 className="font-bold">{title}</h2>
        <span className="text-[0.8125rem] text-muted">{tallyText(count, language)}</span>
        {late && late.n > 0 ? (
          <Badge tone="bad" className="ms-auto">
            {t('lateCount', { n: tallyText(late, language) })}
          </Badge>
        ) : null}
      </header>
      {/* biome-ignore lint/a11y/useSemanticElements: lines with buttons are no table */}
      <div role="grid" aria-label={title} tabIndex={-1} className="outline-none">
        {lines.map((line) => (
          <OneLine key={line.key} line={line} today={today} minute={minute} onLog={onLog} />
        ))}
      </div>
      {isMore ? (
        <footer className="flex items-center py-1 text-[0.8125rem] text-muted">
          {lines.length < MANY ? (
            <Button size="sm" variant="ghost" onPress={() => onMore(name)}>
              {t('more')}
            </Button>
          ) : (
            t('onlyFirst', { n: tallyText({ n: lines.length, more: false }, language) })
          )}
        </footer>
      ) : null}
    </section>
  )
})

/** Drawn again only when the line itself is another, the minute, or the day. */
const OneLine = memo(function OneLine(props: { line: Line; today: string; minute: number; onLog: OnLog }) {
  const { line, today, minute, onLog } = props
  switch (line.type) {
    case 'task':
      return <TaskLine line={line} today={today} minute={minute} onLog={onLog} />
    case 'handed':
      return <HandedLine line={line} today={today} />
    case 'mention':
      return <MentionLine line={line} today={today} />
    case 'lead':
      return <LeadLine line={line} today={today} />
    case 'birthday':
      return <BirthdayLine line={line} today={today} />
    case 'slipped':
      return <SlippedLine line={line} today={today} />
  }
})
