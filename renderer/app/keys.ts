import { useEffect, useRef } from 'react'
import { OPEN_DIALOG } from '../ui/overlay.ts'
import type { AppActions, Command } from './module.ts'
import type { Staging } from './staging.ts'

/** Two keys one after the other («G C») must come within this time, and what the first of them made the page do is not counted. */
export const SEQUENCE_MS = 1500

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * The name of a key press as commands write it. Letters go by their place (KeyK is K under the Persian layout too);
 * «؟» is «?».
 */
export function keyName(press: KeyPress): string {
  const mods = (press.ctrlKey || press.metaKey ? 'Ctrl+' : '') + (press.altKey ? 'Alt+' : '')
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1]
  if (letter) return `${mods}${press.shiftKey ? 'Shift+' : ''}${letter}`
  if (press.key === '?' || press.key === '\u061f') return `${mods}?`
  if (press.code === 'Slash') return `${mods}/`
  return `${mods}${press.shiftKey && press.key.length > 1 ? 'Shift+' : ''}${press.key}`
}

const TYPING =
  'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], [role=spinbutton]'

/** What hides the screen from other eyes must not wait until a dialog is closed. */
const OVER_DIALOGS = new Set(['app.counter', 'app.lock'])

/** Single keys are letters while someone types or while a list or menu reads them; chords and F-keys are not. */
function isForText(event: KeyboardEvent, name: string): boolean {
  if (/^(Ctrl\+|Alt\+|F\d)/.test(name)) return false
  const target = event.target as Element | null
  return !!target?.closest?.(`${TYPING}, [role=menu], [role=listbox]`)
}

/** The pages that one more key leads to. */
const pagesAfter = (first: string, commands: readonly Command[]): string[] =>
  commands.flatMap(({ to, keys }) => (to && keys?.some((key) => key.startsWith(`${first} `)) ? [to] : []))

/** Runs commands by their keys, from anywhere. Only chords and F-keys pass while a dialog is open. */
export function useGlobalKeys(commands: readonly Command[], app: AppActions, staging: Staging): void {
  const latest = useRef({ commands, app })
  latest.current = { commands, app }
  useEffect(() => {
    let first = ''
    let at = 0
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return
      const name = keyName(event)
      if (isForText(event, name)) return
      const isModal = document.querySelector(OPEN_DIALOG) !== null
      const sequence = first && event.timeStamp - at < SEQUENCE_MS ? `${first} ${name}` : ''
      first = name
      const find = (keys: string) => latest.current.commands.find((c) => c.keys?.includes(keys))
      const command = (sequence && find(sequence)) || find(name)
      if (isModal && !OVER_DIALOGS.has(command?.id ?? '')) return
      if (!command) {
        // Until the next key is pressed, what they show can be there, and one of them be drawn.
        const pages = pagesAfter(name, latest.current.commands)
        for (const page of pages) latest.current.app.prepare(page)
        staging.say(pages)
        at = performance.now()
        return
      }
      first = ''
      event.preventDefault()
      // Going to a page takes away by itself what stands ready for nothing.
      if (!command.to) staging.say([])
      command.run(latest.current.app)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [staging])
}
