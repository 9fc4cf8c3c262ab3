/** What was pressed longer ago is no wish for now. */
const PATIENCE_MS = 3000

const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph']

const isText = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) =>
  [...key].length === 1 && !ctrlKey && !altKey && !metaKey

/** Presses a key once more, where the focus is now; a script's press types and clicks nothing by itself. */
function press(event: KeyboardEvent): void {
  const target = document.activeElement ?? document.body
  const isLeft = target.dispatchEvent(new KeyboardEvent('keydown', event))
  if (isLeft && isText(event)) document.execCommand('insertText', false, event.key)
  if (isLeft && event.key === 'Enter' && target instanceof HTMLButtonElement) target.click()
  document.activeElement?.dispatchEvent(new KeyboardEvent('keyup', event))
}

/**
 * Keeps the keys pressed from now on until what they were meant for is there: the page, after a dialog has saved. Esc
 * still leaves the dialog. Ends with one of the two.
 */
export function holdKeys() {
  const held: KeyboardEvent[] = []
  let isOwn = false
  let unasked = 0
  const hold = (event: KeyboardEvent) => {
    if (isOwn || event.isComposing || event.key === 'Escape' || MODIFIERS.includes(event.key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!event.repeat) held.push(event)
  }
  addEventListener('keydown', hold, { capture: true })
  let isGiving = false
  const pressNext = () => {
    const next = held.shift()
    if (!next) return removeEventListener('keydown', hold, { capture: true })
    isOwn = true
    press(next)
    isOwn = false
    // What a key opens is there in the next frame; what is pressed meanwhile waits behind the others.
    requestAnimationFrame(pressNext)
  }
  const give = () => {
    if (isGiving) return
    isGiving = true
    // Looked at once: the frames that the others take make no key older, and half a word is worse than none.
    const now = performance.now()
    held.splice(0, held.length, ...held.filter(({ timeStamp }) => now - timeStamp < PATIENCE_MS))
    pressNext()
  }
  return {
    isEmpty: () => held.length === 0,
    /** The dialog has gone: all of them go where the focus is. */
    toPage: give,
    /** There is an answer, and with it perhaps a question that the next keys answer. */
    answered() {
      unasked = held.length
    },
    /** It stays. A second Enter was the same wish as the first: it answers no question that came after it. */
    toDialog() {
      const isWanted = ({ key }: KeyboardEvent, at: number) => at >= unasked || (key !== 'Enter' && key !== 'F2')
      held.splice(0, held.length, ...held.filter(isWanted))
      give()
    },
  }
}
export type HeldKeys = ReturnType<typeof holdKeys>
