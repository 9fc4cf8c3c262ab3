import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/**
 * One line of somebody's words, cut where it ends in its own direction: a Persian name in an English column must not lose its
 * beginning. It stands at the side where the page begins all the same.
 */
export function Cut({ children, className }: { children: ReactNode; className?: string }) {
  return <bdi className={cx('block min-w-0 truncate [text-align:match-parent]', className)}>{children}</bdi>
}
