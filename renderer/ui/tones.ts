export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad' | 'violet'

/** Soft ground with readable text in each tone. */
export const softTone: Record<Tone, string> = {
  neutral: 'bg-surface-2 text-muted',
  accent: 'bg-accent-soft text-accent-ink',
  ok: 'bg-ok-soft text-ok-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
  violet: 'bg-violet-soft text-violet-ink',
}
