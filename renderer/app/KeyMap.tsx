import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { useModules } from './app-context.ts'
import { commandsOf } from './commands.ts'
import type { KeyNote, RendererModule } from './module.ts'

const shown = (keys: string) => keys.replaceAll('+', ' ')

/** Everything the keyboard does, by place: what commands declare and what screens note. */
function keyMap(modules: readonly RendererModule[]): Map<string, KeyNote[]> {
  const groups = new Map<string, KeyNote[]>()
  const add = (note: KeyNote) => groups.set(note.group, [...(groups.get(note.group) ?? []), note])
  for (const command of commandsOf(modules)) {
    if (command.keys) add({ keys: command.keys, label: command.label, group: 'app:keyGroup.everywhere' })
  }
  for (const { keyNotes } of modules) for (const note of keyNotes ?? []) add(note)
  return groups
}

/** The list of keys on their own, for the dialog and the help page. */
export function KeyList() {
  const { t } = useTranslation()
  return (
    <div className="gap-x-8 md:columns-2">
      {[...keyMap(useModules())].map(([group, notes]) => (
        <section key={group} className="mb-5 break-inside-avoid">
          <h3 className="mb-1 font-bold">{t(group)}</h3>
          <dl>
            {notes.map((note) => (
              <div key={note.label} className="flex items-center gap-3 border-b border-line py-1 last:border-b-0">
                <dt className="min-w-0 flex-1">{t(note.label)}</dt>
                <dd className="flex shrink-0 gap-1">
                  {note.keys.map((keys) => (
                    <Kbd key={keys}>{shown(keys)}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

/** `?`: the key map. */
export function KeyMap({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog isOpen onClose={onClose} title={t('app:keys.title')} size="lg" isDismissable isText>
      <KeyList />
    </Dialog>
  )
}
