import type { ActivityKind } from '../../../shared/domain/activity.ts'

/** Begins to write an activity of a kind in the form that stands somewhere inside: the kind is pressed, the words are waited for. */
export function beginLog(inside: HTMLElement, kind: ActivityKind): void {
  const form = inside.querySelector('[data-log-form]')
  form?.querySelector(`[data-kind="${kind}"]`)?.closest('button')?.click()
  const text = form?.querySelector<HTMLElement>('.log-text')
  text?.focus()
  text?.scrollIntoView({ block: 'nearest' })
}
