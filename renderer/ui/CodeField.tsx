import { localDigits } from '../../shared/domain/format.ts'
import { toLatinDigits } from '../../shared/domain/persian-text.ts'
import { Ltr } from './Ltr.tsx'
import { useLanguage } from './locale.ts'
import { TextField, type TextFieldProps } from './TextField.tsx'

export type CodeFieldProps = Omit<TextFieldProps, 'multiline' | 'rows' | 'type' | 'dir' | 'below'> & {
  /** Lengths of the groups shown below, e.g. [4, 4, 4, 4] for a card; the last repeats. */
  groups?: readonly number[]
}

/** Text in groups of the given lengths: 6037991234567890 → «6037 9912 3456 7890». */
export function inGroups(text: string, groups: readonly number[]): string {
  const parts: string[] = []
  for (let from = 0, at = 0; from < text.length; at++) {
    const size = groups[Math.min(at, groups.length - 1)] || text.length
    parts.push(text.slice(from, from + size))
    from += size
  }
  return parts.join(' ')
}

/** National id, card, Sheba and the like: left to right at the start of the page; any digits typed, Latin digits given. */
export function CodeField({ groups, description, value, onChange, ...props }: CodeFieldProps) {
  const language = useLanguage()
  return (
    <TextField
      {...props}
      dir="ltr"
      inputMode={props.inputMode ?? 'numeric'}
      value={localDigits(value ?? '', language)}
      onChange={(text) => onChange(toLatinDigits(text).replace(/[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, ''))}
      description={
        groups && value && value.length > 4 ? <Ltr text={inGroups(value, groups)} copy={value} /> : description
      }
    />
  )
}
