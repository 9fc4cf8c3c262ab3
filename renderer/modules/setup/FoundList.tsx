import { useLanguage } from '../../ui/locale.ts'
import { copyNames } from '../backups/copy-names.ts'
import { FoundRow } from './FoundRow.tsx'
import { type Found, whenMade } from './setup-model.ts'

type FoundListProps = { copies: readonly Found[]; limit?: number; onRestore: (file: string) => void }

/** Copies to begin from, newest first. */
export function FoundList({ copies, limit = copies.length, onRestore }: FoundListProps) {
  const language = useLanguage()
  const names = copyNames(copies, (at) => (at === null ? '' : whenMade(at, language)), language)
  return (
    <ul className="flex flex-col">
      {copies.slice(0, limit).map((copy) => (
        <FoundRow key={copy.file} copy={copy} name={names.get(copy.file)!} onRestore={onRestore} />
      ))}
    </ul>
  )
}
