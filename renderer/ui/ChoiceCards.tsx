import { Label, Radio, RadioGroup } from 'react-aria-components'
import { cx } from './cx.ts'
import type { Option } from './Select.tsx'

/** Choice of one where each answer needs a sentence: cards side by side, or under each other with `isStacked`. */
export function ChoiceCards<K extends string>(props: {
  label: string
  labelHidden?: boolean
  options: readonly Option<K>[]
  value: K | null
  onChange: (value: K) => void
  isStacked?: boolean
}) {
  return (
    <RadioGroup
      value={props.value}
      onChange={(next) => props.onChange(next as K)}
      orientation={props.isStacked ? 'vertical' : 'horizontal'}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <Label className={props.labelHidden ? 'sr-only' : 'font-semibold'}>{props.label}</Label>
      <div className={cx('grid gap-2', !props.isStacked && 'grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]')}>
        {props.options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            className="group/card flex cursor-default items-start gap-2 rounded-lg border border-line bg-surface px-3 py-2 outline-none hover:bg-surface-2 data-focus-visible:focus-ring data-selected:border-accent data-selected:bg-accent-soft"
          >
            <span
              aria-hidden="true"
              className="mt-1 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-surface group-data-selected/card:border-accent group-data-selected/card:bg-accent"
            >
              <span className="size-1.5 rounded-full bg-on-accent opacity-0 group-data-selected/card:opacity-100" />
            </span>
            <span className="flex min-w-0 flex-col">
              <span className="font-semibold">{option.label}</span>
              {option.description ? (
                <span className="text-xs text-muted group-data-selected/card:text-accent-ink">
                  {option.description}
                </span>
              ) : null}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
