import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorCode } from '../../api/errors.ts'
import { useCan } from '../../api/session.ts'
import { Cut } from '../../ui/Cut.tsx'
import { Dash } from '../../ui/DayText.tsx'
import { Marked } from '../../ui/Marked.tsx'
import { ChoiceSide } from './ChoiceSide.tsx'
import { type Choice, isLongText, isTold } from './sync-model.ts'
import { diffWords } from './text-diff.ts'
import { useSyncText } from './use-sync-text.ts'

type Keep = 'win' | 'lose'

/** Fields of one choice are settled one after the other; what was settled along with another is not asked again. */
async function keepAll({ choice, keep }: { choice: Choice; keep: Keep }) {
  let change: number | null = null
  for (const { id } of choice.all) {
    try {
      change = (await api.sync.conflicts.keep({ id, keep })).change
    } catch (error) {
      if (errorCode(error) !== 'NOT_FOUND' || choice.all.length === 1) throw error
    }
  }
  return { change: keep === 'lose' && choice.all.length === 1 ? change : null }
}

const WORDS: Record<string, { win: string; lose: string }> = {
  set: { win: 'keepStays', lose: 'keepTakenOut' },
  edited_deleted: { win: 'keepDeleted', lose: 'bringBack' },
}

/** Two values for one thing, side by side; one press keeps either. */
export function ChoiceCard({ choice }: { choice: Choice }) {
  const { t } = useTranslation('sync')
  const text = useSyncText()
  const mayWrite = useCan('customers.write')
  const { first, all } = choice
  const keep = useCommand(keepAll, { message: (_, { keep }) => t(keep === 'win' ? 'conflict.kept' : 'conflict.taken') })
  const words = WORDS[first.class] ?? { win: 'keepWin', lose: 'keepLose' }
  const row = text.row(first)
  const isLater = JSON.stringify(first.now) !== JSON.stringify(first.win.value) && first.class in PLAIN
  const side = (of: Keep) => (
    <ChoiceSide
      title={t(of === 'win' ? 'conflict.win' : first.class === 'edited_deleted' ? 'conflict.edit' : 'conflict.lose')}
      side={first[of]}
      button={t(`conflict.${words[of]}`)}
      isNow={of === 'win'}
      isDisabled={!mayWrite || keep.isRunning}
      onKeep={() => void keep.run({ choice, keep: of })}
    >
      <Values choice={choice} of={of} />
    </ChoiceSide>
  )
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
      <div className="grid gap-3 md:grid-cols-2">
        {side('win')}
        {side('lose')}
      </div>
      {isLater && all.length === 1 ? (
        <p className="text-muted">
          {t('conflict.later', {
            value: text.side(first, { value: first.now, name: null }).value ?? t('conflict.empty'),
          })}
        </p>
      ) : null}
    </li>
  )
}

/** Classes whose two values are of one field, so that «now» can be compared. */
const PLAIN = { lww: 1, text: 1, rewind: 1 }

function Values({ choice, of }: { choice: Choice; of: Keep }) {
  const { t } = useTranslation('sync')
  const text = useSyncText()
  const { first, all } = choice
  if (first.class === 'set') return <p>{t(of === 'win' ? 'conflict.stays' : 'conflict.takenOut')}</p>
  if (first.class === 'edited_deleted' && of === 'win') return <p>{t('conflict.deleted')}</p>
  if (isLongText(first)) {
    const [win, lose] = [String(first.win.value ?? ''), String(first.lose.value ?? '')]
    const ranges = diffWords(win, lose)
    return (
      <>
        <p className="text-xs text-muted">{text.side(first, first[of]).label}</p>
        <div
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          dir="auto"
          className="max-h-64 overflow-y-auto whitespace-pre-wrap break-words outline-none focus-visible:focus-ring"
        >
          {of === 'win' ? <Marked text={win} ranges={ranges.a} /> : <Marked text={lose} ranges={ranges.b} />}
        </div>
      </>
    )
  }
  // Deleted twice, the same edit stands against each time.
  const once = [...new Map(all.map((one) => [one.field, one])).values()]
  const told = once.filter(isTold)
  return (
    <dl className="flex flex-col gap-1">
      {(told.length > 0 ? told : once).map((conflict) => {
        const { label, value } = text.side(conflict, conflict[of])
        return (
          <div key={conflict.id} className="flex flex-col">
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="font-semibold break-words">{value ?? <Dash />}</dd>
          </div>
        )
      })}
    </dl>
  )
}
