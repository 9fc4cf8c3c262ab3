import { Palette } from '../modules/search/Palette.tsx'
import { SeatDialog } from '../modules/users/SeatDialog.tsx'
import { useAddable } from './AddButton.tsx'
import { KeyMap } from './KeyMap.tsx'
import { useOverlay } from './overlay-state.ts'
import { Tour } from './Tour.tsx'

/** What opens over a page from anywhere: palette, «add» dialogs, key map, tour. */
export function Overlays() {
  const { overlay, close } = useOverlay()
  const addable = useAddable()
  return (
    <>
      {overlay?.kind === 'palette' ? <Palette onClose={close} /> : null}
      {addable.map(({ name, add: { Dialog } }) => {
        const isOpen = overlay?.kind === 'add' && overlay.name === name
        return <Dialog key={name} isOpen={isOpen} onClose={close} text={isOpen ? overlay.text : undefined} />
      })}
      {overlay?.kind === 'keys' ? <KeyMap onClose={close} /> : null}
      {overlay?.kind === 'seat' ? <SeatDialog onClose={close} /> : null}
      {overlay?.kind === 'tour' ? <Tour onClose={close} /> : null}
    </>
  )
}
