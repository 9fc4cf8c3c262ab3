import { fixKeyboard, fold } from '../../../shared/domain/persian-text.ts'
import type { AppActions, Command } from '../../app/module.ts'

/** A row of the palette: what it is, and what Enter (or Ctrl+Enter) does. */
export interface Item<Shown> {
  key: string
  shown: Shown
  run: (app: AppActions) => void
  /** Opens beside the list instead of as a page. */
  runAside?: (app: AppActions) => void
}

export interface Group<Shown> {
  id: string
  /** i18n key of its heading. */
  label: string
  items: Item<Shown>[]
}

/**
 * Commands whose name or other words hold every typed word, also when typed on the wrong keyboard layout; those whose name alone does go
 * first, because the other words are not to be seen.
 */
export function matchingCommands(
  commands: readonly Command[],
  text: string,
  nameOf: (command: Command) => string,
  otherWordsOf: (command: Command) => string = () => '',
): Command[] {
  const listed = commands.filter((command) => !command.hidden)
  const find = (typed: string) => {
    const words = fold(typed).split(/\s+/).filter(Boolean)
    const holds = (folded: string) => words.every((word) => folded.includes(word))
    const isNamed = (command: Command) => holds(fold(nameOf(command)))
    const hits = listed.filter((command) => holds(fold(`${nameOf(command)} ${otherWordsOf(command)}`)))
    return [...hits.filter(isNamed), ...hits.filter((command) => !isNamed(command))]
  }
  if (text.trim() === '') return listed
  const found = find(text)
  return found.length > 0 ? found : find(fixKeyboard(text))
}

/** The place of the row `step` further on, going round at the ends. */
export function stepTo(at: number, step: number, count: number): number {
  return count === 0 ? 0 : (((at + step) % count) + count) % count
}
