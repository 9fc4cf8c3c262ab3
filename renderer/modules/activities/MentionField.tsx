import { useRef } from 'react'
import { TextField, type TextFieldProps } from '../../ui/TextField.tsx'
import { MentionList } from './MentionList.tsx'
import { useMention } from './use-mention.ts'

/** Long text in which @ offers the colleagues. */
export function MentionField({
  value,
  onChange,
  ...props
}: Pick<TextFieldProps, 'label' | 'placeholder' | 'rows' | 'value' | 'onChange' | 'inputClassName' | 'autoFocus'>) {
  const box = useRef<HTMLDivElement>(null)
  const mention = useMention(value, onChange, () => box.current?.querySelector('textarea'))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field inside bubble up to it, and it is no control itself
    <div
      ref={box}
      className="relative"
      onKeyDownCapture={mention.onKeys}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && mention.close()}
    >
      <TextField
        {...props}
        labelHidden
        multiline
        value={value}
        onChange={(text) => {
          onChange(text)
          mention.look()
        }}
      />
      <MentionList mention={mention} className="absolute inset-x-0 top-full z-20 mt-1 max-w-64 shadow-lg" />
    </div>
  )
}
