import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { OneOf } from '../../ui/OneOf.tsx'
import { softTone, type Tone } from '../../ui/tones.ts'

const TONES: readonly Tone[] = ['accent', 'violet', 'ok', 'warn', 'bad', 'neutral']
const AUTO = 'auto'

/** The colour of a person's circle: one of the tones, or the one that comes by itself. */
export function ColourChoice(props: { label: string; value: string | null; onChange: (tone: string | null) => void }) {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col gap-1">
      <span className="text-[0.8125rem] text-muted">{props.label}</span>
      <OneOf
        label={props.label}
        options={[{ id: AUTO }, ...TONES.map((id) => ({ id: id as string }))]}
        value={props.value ?? AUTO}
        onChange={(id) => props.onChange(id === AUTO ? null : id)}
        className="flex flex-wrap gap-1"
        optionClassName="h-8 rounded-lg border border-transparent px-2 data-selected:border-accent data-selected:text-text"
      >
        {({ id }) =>
          id === AUTO ? (
            t('users:colorAuto')
          ) : (
            <>
              <span
                className={cx('block size-5 rounded-full border border-current', softTone[id as Tone])}
                aria-hidden="true"
              />
              <span className="sr-only">{t(`settings:lists.tone.${id}`)}</span>
            </>
          )
        }
      </OneOf>
    </div>
  )
}
