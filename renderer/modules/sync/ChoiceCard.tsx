import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorCode } from '../../api/errors.ts'
import { useCan } from '../../api/session.ts'
import { Cut } from '../../ui/Cut.tsx'
import { cx } from '../../ui/cx.ts'
import { Dash } from '../../ui/DayText.tsx'
import { Marked } from '../../ui/Marked.tsx'
import { ChoiceSide } from './ChoiceSide.tsx'
import { type Choice, type Conflict, isLater, isLongText, isTold } from './sync-model.ts'
import { diffWords } from './text-diff.ts'
import { useSyncText } from './use-sync-text.ts'

/** `side`: which of the values that lost is to stand there; null: what stands there now. */
interface Keep {
  choice: Choice
  side: readonly Conflict[] | null
}

/** Fields of one choice are settled one after the other; what was settled along with another is not asked again. */
async function keepAll({ choice, side }: Keep) {
  let change: number | null = null
  for (const { id } of [...(side ?? []), ...choice.all.filter((one) => !side?.includes(one))]) {
    const keep = side?.some((one) => one.id === id) ? 'lose' : 'win'
    try {
      change = (await api.sync.conflicts.keep({ id, keep })).change
    } catch (error) {
      if (errorCode(error) !== 'NOT_FOUND' || choice.all.length === 1) throw error
    }
  }
  return { change: side && choice.all.length === 1 ? change : null }
}

const WORDS: Record<string, { win: string; lose: string }> = {
  set: { win: 'keepStays', lose: 'keepTakenOut' },
  edited_deleted: { win: 'keepDeleted', lose: 'bringBack' },
}

/** The values that were written for one thing apart, side by side; one press keeps one of them. */
export function ChoiceCard({ choice }: { choice: Choice }) {
  const { t } = useTranslation('sync')
  const text = useSyncText()
  const mayWrite = useCan('customers.write')
  const { first, all, others } = choice
  const keep = useCommand(keepAll, { message: (_, { side }) => t(side ? 'conflict.taken' : 'conflict.kept') })
  const words = WORDS[first.class] ?? { win: 'keepWin', lose: 'keepLose' }
  const row = text.row(first)
  const props = (side: Keep['side']) => ({
    isNow: side === null,
    isDisabled: !mayWrite || keep.isRunning,
    onKeep: () => void keep.run({ choice, side }),
  })
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div>
        {first.party ? (
          <Link
            to="/customers/$id"
            params={{ id: first.party.id }}
            className="inline-block max-w-full font-bold text-accent hover:underline"
          >
            <Cut>{first.party.name || t('customers:nameless')}</Cut>
          </Link>
        ) : null}
        <p className={first.party ? 'text-muted' : 'font-bold'}>
          {row ? `${row}${t('customers:comma')}` : null}
          {String(t(`conflict.why.${first.class}`))}
        </p>
      </div>
      <div className={cx('grid gap-3', others.length > 1 ? 'md:grid-cols-3' : 'md:grid-cols-2')}>
        <ChoiceSide
          {...props(null)}
          title={t('conflict.win')}
          side={all.some(isLater) ? null : newest(all).win}
          button={t(`conflict.${words.win}`)}
        >
          <Values of={all} from={others[0]?.[0]} isNow />
        </ChoiceSide>
        {others.map((other) => (
          <ChoiceSide
            {...props(other)}
            key={other[0]!.id}
            title={t(first.class === 'edited_deleted' ? 'conflict.edit' : 'conflict.lose')}
            side={(other.find(isTold) ?? other[0]!).lose}
            button={t(`conflict.${words.lose}`)}
          >
            <Values of={other} from={other[0]} />
          </ChoiceSide>
        ))}
      </div>
    </li>
  )
}

const newest = (all: readonly Conflict[]): Conflict => all.reduce((a, b) => (b.win.at > a.win.at ? b : a))

/** @param from with what a long writing is compared */
function Values({ of, from, isNow }: { of: readonly Conflict[]; from: Conflict | undefined; isNow?: boolean }) {
  const { t } = useTranslation('sync')
  const text = useSyncText()
  const first = (of.find(isTold) ?? of[0])!
  if (first.class === 'set') return <p>{t(isNow ? 'conflict.stays' : 'conflict.takenOut')}</p>
  if (first.class === 'edited_deleted' && isNow) return <p>{t('conflict.deleted')}</p>
  const value = (one: Conflict) => (isNow ? { value: one.now, name: one.now_name } : one.lose)
  if (isLongText(first)) {
    const [now, other] = [String(first.now ?? ''), String((from ?? first).lose.value ?? '')]
    const ranges = diffWords(now, other)
    return (
      <>
        <p className="text-xs text-muted">{text.side(first, first.lose).label}</p>
        <div
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          dir="auto"
          className="max-h-64 overflow-y-auto whitespace-pre-wrap break-words outline-none focus-visible:focus-ring"
        >
          {isNow ? <Marked text={now} ranges={ranges.a} /> : <Marked text={other} ranges={ranges.b} />}
        </div>
      </>
    )
  }
  // Written to or deleted more than once, a field stands there once.
  const once = [...new Map(of.map((one) => [one.field, one])).values()]
  const told = once.filter(isTold)
  return (
    <dl className="flex flex-col gap-1">
      {(told.length > 0 ? told : once).map((conflict) => {
        const { label, value: shown } = text.side(conflict, value(conflict))
        return (
          <div key={conflict.id} className="flex flex-col">
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="font-semibold break-words">{shown ?? <Dash />}</dd>
          </div>
        )
      })}
    </dl>
  )
}
