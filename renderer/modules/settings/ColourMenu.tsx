import { Check } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { Menu } from '../../ui/Menu.tsx'
import { softTone, type Tone } from '../../ui/tones.ts'

const TONES: readonly Tone[] = ['neutral', 'accent', 'ok', 'warn', 'bad', 'violet']
const isTone = (colour: string | null): colour is Tone => colour !== null && colour in softTone

function Dot({ tone }: { tone: Tone }) {
  return <span className={cx('block size-4 rounded-full border border-current', softTone[tone])} aria-hidden="true" />
}

/** The colour of a tag: one of the six tones, which stay readable in both themes. */
export function ColourMenu(props: {
  name: string
  colour: string | null
  isDisabled: boolean
  onChange: (colour: string) => void
}) {
  const { t } = useTranslation()
  const tone = isTone(props.colour) ? props.colour : 'neutral'
  const label = t('settings:lists.colourOf', { name: props.name })
  return (
    <Menu
      label={label}
      trigger={
        <Button
          aria-label={label}
          isDisabled={props.isDisabled}
          className="grid size-8 shrink-0 place-items-center rounded-lg outline-none hover:bg-surface-2 data-focus-visible:focus-ring"
        >
          <Dot tone={tone} />
        </Button>
      }
      items={TONES.map((each) => ({
        id: each,
        label: t(`settings:lists.tone.${each}`),
        icon: each === tone ? <Check /> : <Dot tone={each} />,
        onAction: () => props.onChange(each),
      }))}
    />
  )
}
