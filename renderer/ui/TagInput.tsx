import { useRef, useState } from 'react'
import { fold } from '../../shared/domain/persian-text.ts'
import { ComboBox } from './ComboBox.tsx'
import type { FieldProps } from './Field.tsx'
import type { Choice, Choices } from './option-search.ts'
import { Tag } from './Tag.tsx'

export type TagInputProps = Omit<FieldProps<readonly Choice[]>, 'ref'> & {
  choices: Choices
  /** Makes a new tag out of a text and gives it back, null when that failed; absent: only existing tags. */
  onCreate?: (label: string) => Choice | null | Promise<Choice | null>
}

/** Several tags: chips with a remove button, and a box that finds or makes the next. */
export function TagInput({ value, onChange, choices, onCreate, className, ...props }: TagInputProps) {
  // A new key empties the box after each choice.
  const [round, setRound] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  // Whoever left the field with the next click or key does not want to be called back to it.
  const wasInside = useRef(false)
  const empty = () => {
    wasInside.current = !!box.current?.contains(document.activeElement)
    setRound((before) => before + 1)
  }
  const add = (choice: Choice) => {
    if (!value.some((each) => each.id === choice.id)) onChange([...value, choice])
  }
  const create = async (label: string) => {
    empty()
    if (value.some((each) => fold(each.label) === fold(label))) return
    const made = await onCreate?.(label)
    if (made) add(made)
  }
  const left =
    typeof choices === 'function' ? choices : choices.filter((choice) => !value.some((each) => each.id === choice.id))
  return (
    <div ref={box} className={className}>
      <ComboBox
        {...props}
        key={round}
        autoFocus={round > 0 ? wasInside.current : props.autoFocus}
        value={null}
        choices={left}
        onChange={(chosen) => {
          if (!chosen?.id) return
          const all = typeof choices === 'function' ? null : choices.find((each) => each.id === chosen.id)
          empty()
          add(all ?? { id: chosen.id, label: chosen.label })
        }}
        onCreate={onCreate && ((text) => void create(text))}
        takesTyped={!!onCreate}
      />
      {value.length > 0 ? (
        <div className="mt-1.5 flex flex-wrap gap-1.5">
          {value.map((tag) => (
            <Tag
              key={tag.id}
              label={tag.label}
              tone={tag.tone}
              onRemove={() => onChange(value.filter((each) => each.id !== tag.id))}
            />
          ))}
        </div>
      ) : null}
    </div>
  )
}
