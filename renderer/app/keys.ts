import { useEffect, useRef } from 'react'
import { OPEN_DIALOG } from '../ui/overlay.ts'
import type { AppActions, Command } from './module.ts'

/** Two keys one after the other («G C») must come within this time, and what the first of them made the page do is not counted. */
const SEQUENCE_MS = 1500

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

/** The pages that one more key leads to: until it is pressed, what they show can be there. */
function prepareAfter(first: string, { commands, app }: { commands: readonly Command[]; app: AppActions }): void {
  for (const { to, keys } of commands) if (to && keys?.some((key) => key.startsWith(`${first} `))) app.prepare(to)
}

/** Runs commands by their keys, from anywhere. Only chords and F-keys pass while a dialog is open. */
export function useGlobalKeys(commands: readonly Command[], app: AppActions): void {
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
        prepareAfter(name, latest.current)
        at = performance.now()
        return
      }
      first = ''
      event.preventDefault()
      command.run(latest.current.app)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
