import { dayOf } from '../../../shared/domain/jalali.ts'
import { matchRanges, type Query } from '../../../shared/domain/search-tokens.ts'
import type { Outputs } from '../../api/client.ts'
import { DayText } from '../../ui/DayText.tsx'
import { Marked } from '../../ui/Marked.tsx'
import { kindIcon } from '../activities/kind-icons.tsx'

/** A note or a talk in the palette: its text around the match, whose it is, when. */
export function NoteOption({ note, query }: { note: Outputs['search']['all']['notes'][number]; query: Query }) {
  return (
    <>
      <span className="mx-1 shrink-0 text-muted [&>svg]:size-4.5" aria-hidden="true">
        {kindIcon(note.kind)}
      </span>
      <bdi className="min-w-0 flex-1 truncate">
        <Marked text={note.excerpt} ranges={matchRanges(note.excerpt, query)} />
      </bdi>
      <bdi className="max-w-40 shrink-0 truncate text-xs text-muted">{note.party_name}</bdi>
      <span className="shrink-0 text-xs text-muted">
        <DayText day={dayOf(note.at)} />
      </span>
    </>
  )
}
