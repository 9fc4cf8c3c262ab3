import { initial } from '../../shared/domain/name.ts'
import { cx } from './cx.ts'
import { softTone, type Tone } from './tones.ts'

const tones: Tone[] = ['accent', 'violet', 'ok', 'warn', 'neutral']

/** The same colour for the same record at every start: a sum over the id, not chance. */
const toneOf = (id: string): Tone => {
  let sum = 0
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 997
  return tones[sum % tones.length] ?? 'accent'
}

const isTone = (color: string | null | undefined): color is Tone => !!color && color in softTone

const sizes = { sm: 'size-6.5 text-xs', md: 'size-9 text-sm', lg: 'size-11 text-lg' }

/** First letter of a name in a colour that stays with the id: a circle for people, a square for companies. Decoration, not read aloud. */
export function Avatar({
  id,
  name,
  kind = 'person',
  size = 'sm',
  color,
}: {
  id: string
  name: string
  kind?: 'person' | 'company'
  size?: keyof typeof sizes
  /** A tone that was chosen, as of a colleague. */
  color?: string | null
}) {
  const letter = initial(name) || '?'
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-grid shrink-0 place-items-center font-semibold leading-none select-none',
        kind === 'company' ? 'rounded-md' : 'rounded-full',
        sizes[size],
        softTone[isTone(color) ? color : toneOf(id)],
      )}
    >
      {letter}
    </span>
  )
}
