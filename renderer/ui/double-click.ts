/** What a click does something to. Text fields are none: a double click in one chooses a word. */
const PRESSED = 'button, a[href], label, summary, [role=button], [role=menuitem], [role=radio], [role=checkbox]'

/**
 * Who double-clicks a button means that button. When its first click puts something else under the pointer (the next step, a «cancel», the
 * page behind a dialog, a row of its list), the second click would press what nobody has seen yet: it goes nowhere. Gives what takes the guard away.
 */
export function guardDoubleClicks(page: Document): () => void {
  let first: Element | null = null
  const pressedBy = ({ target }: MouseEvent) => (target instanceof Element ? target.closest(PRESSED) : null)
  const begin = (event: MouseEvent) => {
    if (event.detail === 1) first = pressedBy(event)
  }
  // In the document's capture phase: above every root of React, and beside React Aria's own listener there, which ends the press.
  const end = (event: MouseEvent) => {
    if (event.detail < 2) return
    const second = pressedBy(event)
    if (second === first) return
    event.preventDefault()
    event.stopPropagation()
  }
  page.addEventListener('mousedown', begin, true)
  page.addEventListener('click', end, true)
  page.addEventListener('dblclick', end, true)
  return () => {
    page.removeEventListener('mousedown', begin, true)
    page.removeEventListener('click', end, true)
    page.removeEventListener('dblclick', end, true)
  }
}
