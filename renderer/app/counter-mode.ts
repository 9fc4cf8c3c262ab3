import { useCallback } from 'react'
import { useDevice, useUpdateDevice } from '../api/session.ts'

/**
 * A customer stands at the counter and sees the screen: while `on`, screens leave out labels, advice, credit and the
 * blacklist. Kept by the engine for this device, so that a restart does not uncover it.
 */
export function useCounterMode(): { on: boolean; toggle: () => void } {
  const on = useDevice().counter_mode
  const update = useUpdateDevice()
  const toggle = useCallback(() => void update({ counter_mode: !on }), [update, on])
  return { on, toggle }
}
