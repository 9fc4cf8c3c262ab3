import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type Outputs, rpc } from '../../api/client.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { useToday } from '../../app/today.ts'
import { FEW, MANY } from './today-model.ts'

export type Page = Outputs['today']['page']
export type Section = Page['sections'][number]
export type Line = Section['lines'][number]

/**
 * What is to be done on a day. The mark of the menu reads the short one and so keeps it true (renderer/api/tables.ts) while other pages are
 * open: the page is there at the press of its key.
 */
export const pageOf = (day: string, limit = FEW) => rpc.today.page.queryOptions({ input: { day, limit } })

/**
 * The page as it is now: asked anew when the book changes (renderer/api/tables.ts) and when the day does. The page of yesterday stays until that of
 * today is there. While a customer looks on, nobody is named as slipped.
 */
export function useTodayPage() {
  const day = useToday()
  const isCounter = useCounterMode().on
  const [opened, setOpened] = useState<readonly string[]>([])
  const limit = opened.length > 0 ? MANY : FEW
  const { data, error } = useQuery({
    ...pageOf(day, limit),
    placeholderData: keepPreviousData,
  })
  // A new day begins short again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the day is what it waits for
  useEffect(() => setOpened((before) => (before.length > 0 ? [] : before)), [day])
  const sections = useMemo(
    () =>
      (data?.sections ?? [])
        .filter(({ name }) => !isCounter || name !== 'slipped')
        .map((section) =>
          opened.includes(section.name) ? section : { ...section, lines: section.lines.slice(0, FEW) },
        ),
    [data, isCounter, opened],
  )
  const open = useCallback((name: string) => setOpened((before) => [...before, name]), [])
  return { day, page: data, error, sections, open }
}
