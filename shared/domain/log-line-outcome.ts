import { NO_ANSWER } from './log-line-words.ts'
import { fold, ZWNJ } from './persian-text.ts'

const keyOf = (text: string) => fold(text).replaceAll(ZWNJ, '').replaceAll("'", '').trim()
/** What is meant by a call that nobody answered, when the line does not say why. */
const PLAIN = ['جواب نداد', 'پاسخ نداد', 'no answer', 'did not answer'] as const

/** Which of the outcomes (by their names) a call without an answer had: the one that the line says in so many words, else the plain one. */
export function noAnswerOutcome<T extends { label: string }>(text: string, outcomes: readonly T[]): T | null {
  const said = keyOf(text)
  const fitting = outcomes.filter(({ label }) => NO_ANSWER.has(keyOf(label)))
  return (
    fitting.find(({ label }) => said.includes(keyOf(label))) ??
    fitting.find(({ label }) => (PLAIN as readonly string[]).includes(keyOf(label))) ??
    null
  )
}

/** Whether a text says the same as an outcome's name, so that it need not be written twice. */
export const saysOnly = (text: string, label: string): boolean => keyOf(text) === keyOf(label)
