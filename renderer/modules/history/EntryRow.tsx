import { Link } from '@tanstack/react-router'
import { ChevronDown, Undo2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatTime } from '../../../shared/domain/format.ts'
import { useCan, useUser } from '../../api/session.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Cut } from '../../ui/Cut.tsx'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { useLookups } from '../customers/use-lookups.ts'
import { EntryDetails } from './EntryDetails.tsx'
import { canUndo } from './entry-model.ts'
import type { Entry } from './use-history.ts'

/** «Ali edited a customer: Reza Ahmadi, 14:20», opening to what changed. */
export function EntryRow({ entry, onUndo }: { entry: Entry; onUndo: (entry: Entry) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf } = useLookups()
  const mayUndo = useCan('history.undo')
  const { on: isCounter } = useCounterMode()
  const role = useUser()?.role ?? null
  const detailsId = useId()
  const [isOpen, setOpen] = useState(false)
  const verb = String(t([`history:verb.${entry.verb}`, 'history:verb.other']))
  const more = (entry.batch !== null || entry.foreign) && entry.rows > entry.parties.length
  return (
    <li className="border-b border-line last:border-b-0">
      <div className="flex min-h-row items-center gap-2.5 px-3 py-1.5">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? detailsId : undefined}
          aria-label={t(isOpen ? 'history:hideDetails' : 'history:showDetails', { verb })}
          onClick={() => setOpen(!isOpen)}
          className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-surface-2"
        >
          <ChevronDown className={cx('size-4', isOpen && 'rotate-180')} aria-hidden="true" />
        </button>
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
          <span className={cx('font-semibold', entry.undone && 'text-muted line-through decoration-line-strong')}>
            {verb}
          </span>
          {entry.parties.map((party) => (
            <Link
              key={party.id}
              to="/customers/$id"
              params={{ id: party.id }}
              className="max-w-56 text-accent hover:underline"
            >
              <Cut>{party.name || t('customers:nameless')}</Cut>
            </Link>
          ))}
          {/* The name of a tag may judge a customer, and that of a task say what is owed. */}
          {(isCounter ? [] : entry.subjects).map((subject) => (
            <span key={subject} className="max-w-80">
              <Cut>{subject}</Cut>
            </span>
          ))}
          {more ? (
            <span className="text-muted">
              {t('history:rows', { count: entry.rows, n: formatNumber(entry.rows, language) })}
            </span>
          ) : null}
          {entry.undone ? <Badge>{t('history:undone')}</Badge> : null}
        </div>
        <span className="shrink-0 text-xs text-muted">
          <bdi>{nameOf(entry.user_id) ?? t('history:program')}</bdi>
          {entry.device_name ? (
            <>
              {' · '}
              <bdi>{t('history:on', { device: entry.device_name })}</bdi>
            </>
          ) : null}
          {' · '}
          <time dateTime={new Date(entry.at).toISOString()}>{formatTime(entry.at, language)}</time>
        </span>
        <span className="flex w-27 shrink-0 justify-end">
          {mayUndo && canUndo(entry, role) ? (
            <Button
              size="sm"
              variant="ghost"
              icon={<Undo2 />}
              aria-label={t('history:undoOf', { verb })}
              onPress={() => onUndo(entry)}
            >
              {t('common:undo')}
            </Button>
          ) : null}
        </span>
      </div>
      {isOpen ? (
        <div id={detailsId}>
          <EntryDetails entry={entry} />
        </div>
      ) : null}
    </li>
  )
}
